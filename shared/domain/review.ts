/** Whom or what a review asks about. `everyone`: all members that are not removed, disabled and banned ones too; `keys`: all active keys. */
export const REVIEW_POPULATIONS = ['everyone', 'guests', 'idle', 'owners', 'keys'] as const
export type ReviewPopulation = (typeof REVIEW_POPULATIONS)[number]

/** `completing`: closed to decisions, and its decisions are being signed. */
export const REVIEW_STATES = ['open', 'completing', 'completed'] as const
export type ReviewState = (typeof REVIEW_STATES)[number]

export const REVIEW_ITEM_KINDS = ['member', 'key'] as const
export type ReviewItemKind = (typeof REVIEW_ITEM_KINDS)[number]

/** `exception`: they keep what they have although a rule says otherwise; it needs a note. */
export const REVIEW_DECISIONS = ['keep', 'remove', 'exception'] as const
export type ReviewDecision = (typeof REVIEW_DECISIONS)[number]

/**
 * What changed since the last completed review of the same population in which the integration was. `returned`: it was decided to remove
 * them, a sync found them gone, and now they are back.
 */
export const REVIEW_CHANGES = ['new', 'role_changed', 'returned', 'unchanged'] as const
export type ReviewChange = (typeof REVIEW_CHANGES)[number]

/**
 * Whether a removal was carried out. `done`: removed, disabled or banned; a key gone, inactive or expired. `returned`: active again after
 * that. `withdrawn`: it was not carried out, and a later review decided not to remove them. `unknown`: the integration was deleted before
 * a sync found out.
 */
export const OUTCOME_STATES = ['pending', 'done', 'returned', 'withdrawn', 'unknown'] as const
export type OutcomeState = (typeof OUTCOME_STATES)[number]

/** The most items of a review. */
export const REVIEW_ITEMS_AT_MOST = 10_000
