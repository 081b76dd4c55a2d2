import type { WireSync } from '../../../shared/contracts/sync-contract.ts'
import type { Sync } from '../../../shared/integrations/sync.ts'

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
    read: { users: sync.read.users, usageRows: sync.read.usageRows },
    written: { users: sync.written.users, usageRows: sync.written.usageRows },
    removedUsers: sync.removedUsers,
  }
}
