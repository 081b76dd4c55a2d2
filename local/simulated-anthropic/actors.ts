/** A trusted provider that asserted who sent a request. */
export type IdentityProvider =
  | { readonly type: 'aws'; readonly account_id: string; readonly signed_principal: string }
  | { readonly type: 'gcp'; readonly project_number: string }
  | { readonly type: 'oidc'; readonly issuer: string | null }

/** Whom usage is attributed to. `hidden`: an identity that the provider cannot render, which reads null. */
export type Actor =
  | { readonly type: 'user_actor'; readonly user_id: string }
  | { readonly type: 'service_account_actor'; readonly service_account_id: string }
  | { readonly type: 'federated_actor'; readonly provider: IdentityProvider; readonly subject: string | null }
  | { readonly type: 'api_actor'; readonly api_key_id: string }
  | { readonly type: 'hidden'; readonly place: number }

/** What is known about a user. Null: the account was deleted. */
export interface Contact {
  readonly email: string | null
  readonly name: string
  /** Still a member. */
  readonly isMember: boolean
}

export type ContactOf = (userId: string) => Contact | null

export const SERVICE_ACCOUNTS: readonly string[] = ['svac_01nightlyevaluation', 'svac_01supportassistant']

/** Workloads that sign in without a key, by the identity of their cloud. */
export const FEDERATED: readonly Actor[] = [
  {
    type: 'federated_actor',
    provider: { type: 'aws', account_id: '123456789012', signed_principal: 'arn:aws:iam::123456789012:role/ingest' },
    subject: 'arn:aws:iam::123456789012:role/ingest',
  },
  {
    type: 'federated_actor',
    provider: { type: 'oidc', issuer: 'https://login.northwind.example' },
    subject: null,
  },
]

export const HIDDEN: readonly Actor[] = [
  { type: 'hidden', place: 0 },
  { type: 'hidden', place: 1 },
]

export function userActor(userId: string): Actor {
  return { type: 'user_actor', user_id: userId }
}

/** An actor as a report shows it. */
export function shownActor(actor: Actor | null, contactOf: ContactOf, unknownActors: boolean): unknown {
  if (actor === null || actor.type === 'hidden') return null
  if (actor.type === 'federated_actor' && unknownActors) return { type: 'satellite_actor', satellite_id: 'sat_01' }
  if (actor.type !== 'user_actor') return actor
  const contact = contactOf(actor.user_id)
  return {
    ...actor,
    email_address: contact?.email ?? null,
    name: contact?.name ?? 'Deleted User',
    deleted: contact?.isMember !== true,
  }
}

/** Two rows belong to one actor when these are equal. */
export function identityOf(actor: Actor | null): string {
  return JSON.stringify(actor)
}
