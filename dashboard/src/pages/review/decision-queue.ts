import { ITEMS_A_DECISION, type WireReviewItem } from '../../../../shared/contracts/review-items-contract.ts'
import type { ReviewDecision } from '../../../../shared/domain/review.ts'
import { ApiProblemError, NoAnswerError } from '../../api/api-error.ts'

/** A decision as the reviewer makes it. */
export interface Decision {
  readonly value: ReviewDecision
  readonly note: string | null
}

/** A decision that the API has acknowledged. */
export type SavedDecision = NonNullable<WireReviewItem['decision']>

/** A decision that was not saved, for one reason. The items have the decisions again that they had before. */
export interface Refusal {
  readonly itemIds: readonly string[]
  readonly decision: Decision
  readonly error: Error
}

export interface QueueState {
  /** Decisions that the API has not acknowledged yet, by item. */
  readonly pending: ReadonlyMap<string, Decision>
  /** Acknowledged by the API, by item. They can be newer than what a list says. */
  readonly saved: ReadonlyMap<string, SavedDecision>
  /** Items that are the reviewer's own access. */
  readonly ownAccess: ReadonlySet<string>
  readonly refusals: readonly Refusal[]
  /** True while there is no answer, and the same call is tried again. */
  readonly isRetrying: boolean
}

export interface QueueDependencies {
  /** Saves one decision on up to 1,000 items. */
  readonly send: (itemIds: readonly string[], decision: Decision) => Promise<SavedDecision>
  readonly wait: (ms: number) => Promise<unknown>
}

/** After these times a call without an answer is tried again. Then its decisions are given back. */
const RETRY_AFTER_MS = [1_000, 3_000, 9_000] as const

const EMPTY: QueueState = {
  pending: new Map(),
  saved: new Map(),
  ownAccess: new Set(),
  refusals: [],
  isRetrying: false,
}

/**
 * Sends decisions in the background, one call after the other, so that the last decision on an item stands. Decisions
 * that wait and are the same go in one call.
 */
export class DecisionQueue {
  readonly #dependencies: QueueDependencies
  readonly #listeners = new Set<() => void>()
  #state = EMPTY
  #isSending = false

  constructor(dependencies: QueueDependencies) {
    this.#dependencies = dependencies
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly state = (): QueueState => this.#state

  /** Decides on items. A decision on the same item that still waits is replaced. */
  decide(itemIds: readonly string[], decision: Decision): void {
    const pending = new Map(this.#state.pending)
    for (const id of itemIds) {
      pending.delete(id)
      pending.set(id, decision)
    }
    this.#set({ pending })
    void this.#sendAll()
  }

  /** Takes a refusal off the list. */
  dismiss(refusal: Refusal): void {
    this.#set({ refusals: this.#state.refusals.filter((each) => each !== refusal) })
  }

  async #sendAll(): Promise<void> {
    if (this.#isSending) return
    this.#isSending = true
    for (let next = this.#next(); next !== undefined; next = this.#next()) await this.#send(next.itemIds, next.decision)
    this.#isSending = false
  }

  /** The decision that waits longest, with the items that have the same. */
  #next(): Omit<Refusal, 'error'> | undefined {
    const [decision] = this.#state.pending.values()
    if (decision === undefined) return undefined
    return { decision, itemIds: this.#pendingItems(decision).slice(0, ITEMS_A_DECISION) }
  }

  #pendingItems(decision: Decision): string[] {
    return [...this.#state.pending].filter(([, each]) => isSame(each, decision)).map(([id]) => id)
  }

  async #send(itemIds: readonly string[], decision: Decision): Promise<void> {
    try {
      const answer = await this.#answered(itemIds, decision)
      const saved = new Map(this.#state.saved)
      for (const id of itemIds) saved.set(id, answer)
      this.#set({ saved, pending: this.#without(itemIds, decision) })
    } catch (error) {
      if (!(error instanceof Error)) throw error
      await this.#refuse({ itemIds, decision, error })
    }
  }

  /** Tries again while there is no answer. */
  async #answered(itemIds: readonly string[], decision: Decision): Promise<SavedDecision> {
    for (const afterMs of RETRY_AFTER_MS) {
      try {
        return await this.#dependencies.send(itemIds, decision)
      } catch (error) {
        if (!isTransient(error)) throw error
        this.#set({ isRetrying: true })
        await this.#dependencies.wait(afterMs)
      } finally {
        this.#set({ isRetrying: false })
      }
    }
    return this.#dependencies.send(itemIds, decision)
  }

  async #refuse({ itemIds, decision, error }: Refusal): Promise<void> {
    const own = ownItems(itemIds, error)
    // The call was refused as a whole: the others are sent again, without the reviewer's own access.
    const others = own.size === 0 ? [] : itemIds.filter((id) => !own.has(id))
    const refused = itemIds.filter((id) => !others.includes(id))
    this.#set({
      ownAccess: new Set([...this.#state.ownAccess, ...own]),
      pending: this.#without(refused, decision),
      refusals: [...this.#state.refusals, { itemIds: refused, decision, error }],
    })
    if (others.length > 0) await this.#send(others, decision)
  }

  /** What waits without items of a call that has ended, unless they were decided otherwise meanwhile. */
  #without(itemIds: readonly string[], decision: Decision): Map<string, Decision> {
    const pending = new Map(this.#state.pending)
    for (const id of itemIds) {
      const current = pending.get(id)
      if (current !== undefined && isSame(current, decision)) pending.delete(id)
    }
    return pending
  }

  #set(changes: Partial<QueueState>): void {
    this.#state = { ...this.#state, ...changes }
    for (const listener of this.#listeners) listener()
  }
}

/** True for a refusal because the review takes no decisions any more. */
export function isClosed({ error }: Pick<Refusal, 'error'>): boolean {
  return error instanceof ApiProblemError && error.problem.code === 'review_completed'
}

function isSame(left: Decision, right: Decision): boolean {
  return left.value === right.value && left.note === right.note
}

/** The items that the API names as the reviewer's own access, by their places in the call. */
function ownItems(itemIds: readonly string[], error: Error): ReadonlySet<string> {
  if (!(error instanceof ApiProblemError) || error.problem.code !== 'own_access') return new Set()
  return new Set(error.fieldErrors.flatMap(({ field }) => itemIds[Number(field.replace('itemIds.', ''))] ?? []))
}

/** No answer, or an error of the server's. */
function isTransient(error: unknown): boolean {
  if (error instanceof ApiProblemError) return error.problem.status >= 500
  return error instanceof NoAnswerError && (error.status === undefined || error.status >= 500)
}
