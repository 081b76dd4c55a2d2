import { amountText, tenBillionths } from './amounts.ts'
import { keysAnswer } from './lists-answers.ts'
import type { Model } from './model.ts'
import { order } from './rules.ts'
import { allUsers, type ModelUser } from './users.ts'

/** An integration, by the name that it was connected under. */
export interface ModelIntegration {
  readonly id: string
  readonly name: string
  readonly model: Model
}

/**
 * “All members with the same address are one, without regard to case, Unicode form, spaces around it. A member without an address is a
 * person of their own. Service accounts are not people.” Without ids, in no particular order. `isAsked`: what one membership must be.
 */
export function peopleAnswer(integrations: readonly ModelIntegration[], isAsked: (user: ModelUser) => boolean) {
  const keysOf = new Map(integrations.map(({ id, model }) => [id, ownersOfWorkingKeys(model)]))
  const members = integrations.flatMap((integration) =>
    allUsers(integration.model)
      .filter(({ kind }) => kind === 'person')
      .map((user) => ({ integration, user })),
  )
  const people = Map.groupBy(members, ({ integration, user }) =>
    user.email === null ? JSON.stringify([integration.id, user.id]) : user.email.trim().toLowerCase().normalize('NFC'),
  )
  return [...people.values()]
    .filter((own) => own.some(({ user }) => isAsked(user)))
    .map((own) => personAnswer(own, keysOf))
}

/** The time of the oldest reading. */
export function oldestSyncedAt(integrations: readonly ModelIntegration[]): string | null {
  const times = integrations.flatMap(({ model }) => model.published?.atMs ?? [])
  return times.length === 0 ? null : new Date(Math.min(...times)).toISOString()
}

/** “Email and name are those of the membership that was active last.” A name that it lacks is that of another. */
function personAnswer(
  own: readonly { readonly integration: ModelIntegration; readonly user: ModelUser }[],
  keysOf: ReadonlyMap<string, OwnersOfKeys>,
) {
  const [latest] = own.toSorted((left, right) => order(right.user.lastActiveOn ?? '', left.user.lastActiveOn ?? ''))
  const costs = own.flatMap(({ user }) => user.cost ?? [])
  return {
    email: latest?.user.email ?? null,
    name: latest?.user.name ?? own.flatMap(({ user }) => user.name ?? [])[0] ?? null,
    lastActiveOn: latest?.user.lastActiveOn ?? null,
    requests: own.reduce((sum, { user }) => sum + user.requests, 0),
    costs: [...Map.groupBy(costs, ({ currency }) => currency)]
      .toSorted(([left], [right]) => order(left, right))
      .map(([currency, some]) => ({
        currency,
        amount: amountText(some.reduce((sum, { amount }) => sum + tenBillionths(amount), 0n)),
      })),
    memberships: own.map(({ integration, user }) =>
      membershipAnswer(integration, user, keysOf.get(integration.id) ?? null),
    ),
  }
}

function membershipAnswer({ id, name, model }: ModelIntegration, user: ModelUser, owners: OwnersOfKeys) {
  const { role, accountStatus, seat, license, lastActiveOn, requests, cost } = user
  return {
    integrationId: id,
    integrationName: name,
    provider: model.provider,
    userId: user.id,
    role,
    accountStatus,
    seat,
    license,
    lastActiveOn,
    requests,
    cost,
    keys: owners && owners.filter((owner) => owner === user.id).length,
  }
}

/** “How many keys of theirs work”: the owner of each. Null where none were read. */
type OwnersOfKeys = readonly (string | undefined)[] | null

function ownersOfWorkingKeys(model: Model): OwnersOfKeys {
  const keys = keysAnswer(model, 0)
  return keys && keys.items.filter(({ status }) => status === 'active').map(({ owner }) => owner?.id)
}
