/*
 * The facts about an organization at OpenAI. The model in this folder is written from the rules alone and imports
 * nothing from the product, so both only agree if both are right. All recounts use this one model.
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
