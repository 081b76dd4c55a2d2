import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { reviewsOperations } from '../../../../shared/contracts/reviews-operations.ts'
import type { ApiClient } from '../../api/api-client.ts'
import { useApi } from '../../api/api-context.ts'
import { rememberReview } from '../../api/review-mutations.ts'
import { reviewItemsKey, reviewKey } from '../../api/review-queries.ts'
import { DecisionQueue, type QueueState } from './decision-queue.ts'

/** The queues of each client's reviews. They go on sending when another page is shown. */
const queues = new WeakMap<QueryClient, Map<string, DecisionQueue>>()

/** The decisions of a review that wait, were saved or were refused, and how to make them. */
export function useDecisionQueue(reviewId: string): { readonly queue: DecisionQueue; readonly state: QueueState } {
  const queue = queueOf(useQueryClient(), useApi(), reviewId)
  const state = useSyncExternalStore(queue.subscribe, queue.state)
  useWarnOnLeaving(state.pending.size > 0)
  useRefetchAfterRefusal(reviewId, state.refusals.length)
  return { queue, state }
}

function queueOf(client: QueryClient, api: ApiClient, reviewId: string): DecisionQueue {
  const ofClient = queues.get(client) ?? new Map<string, DecisionQueue>()
  queues.set(client, ofClient)
  const queue = ofClient.get(reviewId) ?? newQueue(client, api, reviewId)
  ofClient.set(reviewId, queue)
  return queue
}

function newQueue(client: QueryClient, api: ApiClient, reviewId: string): DecisionQueue {
  return new DecisionQueue({
    send: async (itemIds, { value, note }) => {
      const body = { itemIds: [...itemIds], decision: value, note }
      const { review, decision } = await api.call(reviewsOperations.decide, { params: { reviewId }, body })
      rememberReview(client, review)
      return decision
    },
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  })
}

/** Closing the tab would lose what was not sent. The browser asks in its own words. */
function useWarnOnLeaving(isWanted: boolean): void {
  useEffect(() => {
    if (!isWanted) return undefined
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [isWanted])
}

/** A call without an answer may have been carried out, and a completed review has other states. */
function useRefetchAfterRefusal(reviewId: string, refusals: number): void {
  const client = useQueryClient()
  useEffect(() => {
    if (refusals === 0) return
    void client.invalidateQueries({ queryKey: reviewKey(reviewId) })
    void client.invalidateQueries({ queryKey: reviewItemsKey(reviewId) })
  }, [client, reviewId, refusals])
}
