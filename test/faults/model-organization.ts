/*
 * What is true of an organization at OpenAI. The model is written from `design.md` alone and imports nothing of the
 * product, so that the two can only agree by both being right.
 */

/** Somebody in OpenAI's directory. Times are unix seconds. */
export interface ModelPerson {
  readonly id: string
  readonly email: string | null
  readonly name: string | null
  readonly role: string | null
  readonly isServiceAccount: boolean
  readonly isScimManaged: boolean
  /** Null: OpenAI says nothing of it. */
  readonly enabled: boolean | null
  readonly banned: boolean | null
  /** Null: OpenAI does not say. */
  readonly addedAt: number | null
  readonly keyLastUsedAt: number | null
  readonly projects:
    readonly { readonly id: string; readonly name: string | null; readonly role: string | null }[] | null
}

/** The four numbers of completions. */
export interface ModelNumbers {
  readonly requests: number
  readonly inputTokens: number
  readonly cachedInputTokens: number
  readonly outputTokens: number
}

/** What somebody, or nobody named, used of a model on a UTC day. */
export interface ModelUsage extends ModelNumbers {
  readonly day: string
  readonly userId: string | null
  readonly model: string
}

/** All that a sync could read at an instant. */
export interface ModelOrganization {
  readonly people: readonly ModelPerson[]
  readonly usage: readonly ModelUsage[]
  /** Pages of usage leave out days without any. */
  readonly leavesOutEmptyDays?: boolean
}

/** A person in the form of OpenAI's directory; what nothing is said of is left out. */
export function wirePerson(person: ModelPerson) {
  const { enabled, banned, projects } = person
  const account = {
    object: 'user',
    id: person.id,
    ...(enabled !== null && { enabled }),
    ...(banned !== null && { banned }),
  }
  return {
    id: person.id,
    email: person.email,
    name: person.name,
    role: person.role,
    // What is undefined is left out of JSON.
    added_at: person.addedAt ?? undefined,
    ...(person.isServiceAccount && { is_service_account: true }),
    ...(person.isScimManaged && { is_scim_managed: true }),
    ...((enabled !== null || banned !== null) && { user: account }),
    ...(person.keyLastUsedAt !== null && { api_key_last_used_at: person.keyLastUsedAt }),
    ...(projects !== null && { projects: { object: 'list', data: projects } }),
  }
}
