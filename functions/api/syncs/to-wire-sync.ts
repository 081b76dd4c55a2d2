import type { WireSync } from '../../../shared/contracts/sync-contract.ts'
import { recordOf } from '../../../shared/data-sets/data-set.ts'
import { COUNTED, type Sync } from '../../../shared/integrations/sync.ts'

/** Maps a sync to its wire format. */
export function toWireSync(sync: Sync): WireSync {
  return {
    id: sync.id,
    state: sync.state,
    trigger: sync.trigger,
    queuedAt: sync.queuedAt,
    startedAt: sync.startedAt,
    finishedAt: sync.finishedAt,
    progress: sync.progress,
    problem: sync.problem === null ? null : { code: sync.problem.code, detail: sync.problem.detail },
    read: recordOf(COUNTED, (name) => sync.read[name]),
    written: recordOf(COUNTED, (name) => sync.written[name]),
    removedUsers: sync.removedUsers,
  }
}
