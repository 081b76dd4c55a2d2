import type { WireSync } from '../../../shared/contracts/sync-contract.ts'
import { recordOf } from '../../../shared/data-sets/data-set.ts'
import { COUNTED, type DataSetProblemCode, type Sync, type SyncProgress } from '../../../shared/integrations/sync.ts'
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
    problem: sync.problem === null ? null : { code: sync.problem.code, detail: sync.problem.detail },
    read: recordOf(COUNTED, (name) => sync.read[name]),
    written: recordOf(COUNTED, (name) => sync.written[name]),
    removedUsers: sync.removedUsers,
    dataSets: provider.dataSets.flatMap(({ id }) => {
      const result = sync.dataSets[id]
      if (result === undefined) return []
      const { outcome, rows, problem } = result
      return [{ id, outcome, rows, problem: toWireProblem(problem, provider, id) }]
    }),
  }
}

/** Why a data set was not read, as a text for the user. */
export function toWireProblem(code: DataSetProblemCode | null, provider: Provider, dataSet: string) {
  if (code === null) return null
  const detail =
    code === 'internal_error'
      ? 'Rollcall itself failed to read this data set; its log says why.'
      : provider.advice(code, dataSet)
  return { code, detail }
}
