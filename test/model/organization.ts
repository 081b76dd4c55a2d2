import type { ModelCosts } from './costs.ts'

/*
 * The facts about an organization at a provider. The model in this folder is written from the rules alone and imports
 * nothing from the product, so both only agree if both are right. All recounts use this one model.
 */

/** Somebody in a directory. Times are unix seconds. */
export interface ModelPerson {
  readonly id: string
  readonly email: string | null
  readonly name: string | null
  readonly role: string | null
  readonly isServiceAccount: boolean
  readonly isScimManaged: boolean
  /** Null: nothing is said of it. */
  readonly enabled: boolean | null
  readonly banned: boolean | null
  /** Null: unknown. */
  readonly addedAt: number | null
  readonly keyLastUsedAt: number | null
  readonly projects:
    readonly { readonly id: string; readonly name: string | null; readonly role: string | null }[] | null
}

/** The four numbers of usage. */
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

/** What somebody, or nobody named, used of another kind on a UTC day. */
export interface ModelOtherUsage {
  readonly day: string
  readonly userId: string | null
  readonly kind: string
  /** Null: the kind is not attributed to models. */
  readonly model: string | null
  readonly requests: number
  /** Of `decisions`, the tokens. */
  readonly quantity: number
}

/** What somebody, or nobody named, printed on a printer on a UTC day: a series that some tests add. */
export interface ModelPrint {
  readonly day: string
  readonly userId: string | null
  readonly printer: string
  readonly pages: number
}

/** All prints that could be read at an instant. `daysLeftOut`: days that the replies leave out. */
export interface ModelPrints {
  readonly rows: readonly ModelPrint[]
  readonly daysLeftOut: readonly string[]
}

/** Whose key it is, as it was listed. */
interface ModelOwner {
  readonly kind: string
  readonly id: string
  readonly name: string | null
  readonly email: string | null
}

/** A key as it was listed. Times are unix seconds. */
export interface ModelKey {
  readonly id: string
  readonly kind: 'admin' | 'project' | 'workspace'
  /** Null: a key of the whole organization. */
  readonly project: { readonly id: string; readonly name: string | null } | null
  readonly name: string | null
  readonly redacted: string
  readonly owner: ModelOwner | null
  readonly createdAt: number | null
  readonly lastUsedAt: number | null
  /** False when nothing is said of its use. */
  readonly saysUse: boolean
  readonly expiresAt: number | null
  readonly hasAccess: boolean
}

/** An invitation as it was listed. Times are unix seconds. */
export interface ModelInvite {
  readonly id: string
  readonly email: string | null
  readonly role: string | null
  readonly status: string
  readonly createdAt: number | null
  readonly expiresAt: number | null
}

/** A sign-in, in unix seconds. */
export interface ModelLogin {
  readonly userId: string
  readonly at: number
}

/** Why something could not be read. */
export interface ModelFailure {
  readonly failure: string
  /** The required data sets that could not be read, and why. Default: neither could, for the reason above. */
  readonly dataSets?: Readonly<Record<string, string>>
  /** What the others are read from. */
  readonly others?: ModelOrganization
}

/** All that a sync could read at an instant. */
export interface ModelOrganization {
  readonly people: readonly ModelPerson[]
  readonly usage: readonly ModelUsage[]
  /** Usage of other kinds. Missing when they are switched off. */
  readonly otherUsage?: readonly ModelOtherUsage[]
  /** Kinds that OpenAI refuses by themselves, with the status. Default: none. */
  readonly missingKinds?: Readonly<Record<string, number>>
  /** Pages of usage leave out days without any. */
  readonly leavesOutEmptyDays?: boolean
  /** Missing when they are switched off. */
  readonly costs?: ModelCosts | ModelFailure
  /** Missing where nobody reads them. */
  readonly keys?: readonly ModelKey[] | ModelFailure
  readonly invites?: readonly ModelInvite[] | ModelFailure
  readonly logins?: readonly ModelLogin[]
  /** Missing when prints are switched off. */
  readonly prints?: ModelPrints | ModelFailure
}
