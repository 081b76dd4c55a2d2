import type { WireReview } from '../../../shared/contracts/reviews-contract.ts'
import type {
  OutcomeState,
  ReviewChange,
  ReviewDecision,
  ReviewPopulation,
  ReviewState,
} from '../../../shared/domain/review.ts'
import { dayOf } from '../../../shared/domain/day.ts'
import { formatCount, formatNumber } from '../format/format-number.ts'

/** Whom or what a review asks about: a label, and its meaning. */
export const POPULATION_WORDS: Readonly<
  Record<ReviewPopulation, { readonly label: string; readonly meaning: string }>
> = {
  everyone: { label: 'Everybody', meaning: 'All members who were not removed, disabled and banned ones too.' },
  guests: { label: 'Guests', meaning: 'Members with a guest seat.' },
  idle: { label: 'People without recent use', meaning: 'Members with a seat who used nothing in the days read.' },
  owners: { label: 'Owners', meaning: 'Members whose role counts as owner of their organization.' },
  keys: { label: 'Keys', meaning: 'All active API keys, those that manage an organization too.' },
}

export const REVIEW_STATE_WORDS = {
  open: { label: 'Open', kind: 'info' },
  completing: { label: 'Being signed', kind: 'warn' },
  completed: { label: 'Completed', kind: 'good' },
} as const satisfies Readonly<Record<ReviewState, unknown>>

export const DECISION_WORDS = {
  keep: { label: 'Keep', kind: 'good' },
  remove: { label: 'Remove', kind: 'bad' },
  exception: { label: 'Exception', kind: 'warn' },
} as const satisfies Readonly<Record<ReviewDecision, unknown>>

export const CHANGE_WORDS = {
  new: { label: 'New', kind: 'info', meaning: 'was not in the last review' },
  role_changed: { label: 'Role changed', kind: 'warn', meaning: 'has another role than in the last review' },
  returned: { label: 'Came back', kind: 'bad', meaning: 'was removed after a review, and is back' },
  unchanged: { label: 'Unchanged', kind: 'plain', meaning: 'as in the last review' },
} as const satisfies Readonly<Record<ReviewChange, unknown>>

export const OUTCOME_WORDS = {
  done: { label: 'Done', kind: 'good', meaning: 'a sync found that they have no access any more' },
  pending: { label: 'Not done yet', kind: 'warn', meaning: 'no sync has found it done' },
  returned: { label: 'Came back', kind: 'bad', meaning: 'it was done, and they have access again' },
  withdrawn: { label: 'Withdrawn', kind: 'plain', meaning: 'a later review decided to let them stay' },
  unknown: { label: 'Not known', kind: 'plain', meaning: 'the organization was disconnected before' },
} as const satisfies Readonly<Record<OutcomeState, unknown>>

/** The labels of words, for selects. */
export function labelsOf<Key extends string>(words: Readonly<Record<Key, { readonly label: string }>>) {
  return Object.fromEntries(Object.entries<{ label: string }>(words).map(([key, { label }]) => [key, label]))
}

/** `12 of 200 decided` */
export function progressInWords({ decided, items }: WireReview['progress']): string {
  return `${formatNumber(decided)} of ${formatNumber(items)} decided`
}

/** `3 of 5 removals done`. Undefined without removals, and until the review is completed. */
export function removalsInWords({ outcomes, byDecision }: WireReview['progress']): string | undefined {
  if (outcomes === null || byDecision.remove === 0) return undefined
  return `${formatNumber(outcomes.done)} of ${formatCount(byDecision.remove, 'removal')} done`
}

/** True for a review that should have been completed before today, in UTC. */
export function isOverdue({ state, dueOn }: Pick<WireReview, 'state' | 'dueOn'>, now: Date): boolean {
  return state !== 'completed' && dueOn !== null && dueOn < dayOf(now)
}

/** The organizations of a review by name: two, and how many more. */
export function organizationsInWords(integrations: WireReview['integrations']): string {
  const names = integrations.map(({ name }) => name)
  if (names.length <= 3) return names.join(', ')
  return `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`
}
