import { syncCountsOf, type WireSync } from '../../../shared/contracts/sync-contract.ts'
import { type SyncProblem, syncProblem, type SyncProblemCode } from '../../../shared/domain/problem.ts'
import { outcomeOf, type Sync, type SyncProgress, type UnreadParts } from '../../../shared/integrations/sync.ts'
import { problemDetail } from '../../../shared/providers/problem-detail.ts'
import type { Provider } from '../../../shared/providers/provider.ts'

const NOTHING_READ: SyncProgress = { phase: 'members', done: 0, total: null }

/** Maps a sync to its wire format. `progress` is that of a running one. Data sets are in the provider's order. */
export function toWireSync(sync: Sync, provider: Provider, progress = NOTHING_READ): WireSync {
  return {
    id: sync.id,
    state: sync.state,
    trigger: sync.trigger,
    queuedAt: sync.queuedAt,
    startedAt: sync.startedAt,
    finishedAt: sync.finishedAt,
    progress: sync.state === 'running' ? progress : null,
    problem: toWireProblem(sync.problem, provider),
    read: syncCountsOf((id) => sync.dataSets[id]?.rows),
    written: syncCountsOf((id) => sync.dataSets[id]?.written),
    removedUsers: sync.removedUsers,
    dataSets: provider.dataSets.flatMap(({ id }) => {
      const result = sync.dataSets[id]
      if (result === undefined) return []
      const { rows, problem, unread } = result
      return [
        {
          id,
          outcome: outcomeOf(result),
          rows,
          problem: toWireDataSetProblem(problem, { dataSet: id, unread }, provider),
        },
      ]
    }),
  }
}

/** Why a data set was not read, or not wholly, as a text for the user. */
export function toWireDataSetProblem(
  code: SyncProblemCode | null,
  { dataSet, unread }: { readonly dataSet: string; readonly unread: UnreadParts | undefined },
  provider: Provider,
) {
  return code && { code, detail: problemDetail(syncProblem(code, { dataSet }), provider, unread) }
}

/** What is wrong, as a text for the user. */
function toWireProblem(problem: SyncProblem | null, provider: Provider) {
  return problem && { code: problem.code, detail: problemDetail(problem, provider) }
}
