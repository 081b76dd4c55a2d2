import { OrganizationProcess, type Synced, SyncProcess, startTable } from './bench-processes.ts'
import { HEAP_LIMITS } from './heap-limits.ts'
import type { TableConnection } from './table-connection.ts'

/** An organization that was synced once, and the table that has it. */
export interface Stage {
  readonly members: number
  readonly organization: OrganizationProcess
  readonly table: TableConnection
  readonly first: Synced
  /** The most that the sync function held. */
  readonly peakBytes: number
  close(): Promise<void>
}

/** `isLarge`: pages are not kept, and the record is not sent, since neither would fit into memory. */
export async function openStage(members: number, { isLarge } = { isLarge: false }): Promise<Stage> {
  const organization = await OrganizationProcess.start(members, { isRecording: !isLarge })
  const { connection, stop } = await startTable()
  const { first, peakBytes } = await firstSync(organization, connection, { sendsRecord: !isLarge })
  return {
    members,
    organization,
    table: connection,
    first,
    peakBytes,
    close: async () => {
      await organization.stop()
      await stop()
    },
  }
}

/** The first sync of an organization into an empty table, in a process that has done nothing before. */
export async function firstSync(
  organization: OrganizationProcess,
  table: TableConnection,
  options = { sendsRecord: true },
): Promise<{ first: Synced; peakBytes: number }> {
  const sync = new SyncProcess(HEAP_LIMITS)
  try {
    await sync.open(organization, table, options)
    await sync.connect()
    await organization.takeRequestCount()
    const first = await sync.sync()
    const requests = await organization.takeRequestCount()
    if (requests !== first.asked.length) throw new Error('The organization was not asked what the sync asked.')
    return { first, peakBytes: await sync.peakBytes() }
  } finally {
    await sync.stop()
  }
}
