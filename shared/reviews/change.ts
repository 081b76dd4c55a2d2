import type { OutcomeState, ReviewChange } from '../domain/review.ts'
import type { Outcome } from './outcome.ts'
import type { Decision } from './review.ts'
import { type ReviewItem, roleOf } from './review-item.ts'

/** What a completed review says of one of its items. */
interface PreviousItem {
  readonly role: string | null
  /** True if it was decided to remove them, and a sync found that done, whatever has been found since. */
  readonly wasRemoved: boolean
}

/** The items of the last completed review of a population in which an integration was, by their ids. */
export type PreviousItems = ReadonlyMap<string, PreviousItem>

/** A removal that was returned was done before. */
const DONE: readonly OutcomeState[] = ['done', 'returned']

/** The items of one integration in a completed review. */
export function previousItems(
  items: readonly ReviewItem[],
  decisions: ReadonlyMap<string, Pick<Decision, 'value'>>,
  outcomes: ReadonlyMap<string, Pick<Outcome, 'state'>>,
): PreviousItems {
  return new Map(
    items.map((item) => {
      const outcome = outcomes.get(item.id)
      const isRemoval = decisions.get(item.id)?.value === 'remove'
      return [
        item.id,
        { role: roleOf(item), wasRemoved: isRemoval && outcome !== undefined && DONE.includes(outcome.state) },
      ]
    }),
  )
}

/**
 * What changed since then. Null without a previous review. Somebody who returned in another role has returned. Without access, such as
 * somebody who was disabled after it was decided to remove them, nobody has.
 */
export function changeSince(
  previous: PreviousItems | undefined,
  id: string,
  { role, hasAccess }: { readonly role: string | null; readonly hasAccess: boolean },
): ReviewChange | null {
  if (previous === undefined) return null
  const before = previous.get(id)
  if (before === undefined) return 'new'
  if (before.wasRemoved && hasAccess) return 'returned'
  return before.role === role ? 'unchanged' : 'role_changed'
}
