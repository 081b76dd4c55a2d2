import { addDays, type Day, dayOf } from '../../shared/domain/day.ts'
import { OrganizationProcess, type Synced, type SyncOptions, SyncProcess, startTable } from './bench-processes.ts'
import { ACTIVE_SHARE, MEASURED_AT, WINDOW_DAYS } from './measured-company.ts'
import type { TableConnection } from './table-connection.ts'

/** OpenAI's maximum of days on a page. Of up to 5,000 people, pages have all days. */
const DAYS_A_PAGE = 31
/** The pages of one report over the days that are read. */
export const REQUESTS_A_REPORT = Math.ceil(WINDOW_DAYS / DAYS_A_PAGE)

/** An organization that was synced once, and its table. */
export interface Stage {
  readonly members: number
  readonly organization: OrganizationProcess
  readonly table: TableConnection
  readonly first: Synced
  /** False when record batches are built and signed, but not sent, because the table's process could not hold them. */
  readonly sendsRecord: boolean
  close(): Promise<void>
}

/** With `isLarge`, pages are not recorded and the record is not sent, since neither fits into memory. */
export async function openStage(members: number, { isLarge } = { isLarge: false }): Promise<Stage> {
  const organization = await OrganizationProcess.start(members, { isRecording: !isLarge })
  const { connection, stop } = await startTable()
  const sendsRecord = !isLarge
  const { first } = await firstSync(organization, connection, { sendsRecord })
  return {
    members,
    organization,
    table: connection,
    first,
    sendsRecord,
    close: async () => {
      await organization.stop()
      await stop()
    },
  }
}

/** The day that is revised, and how many people had usage on it. */
export function revisedDay({ members }: Stage): { readonly day: Day; readonly people: number } {
  return { day: addDays(dayOf(MEASURED_AT), -1), people: Math.ceil(members * ACTIVE_SHARE) }
}

/** OpenAI revises its figures of one day. */
export async function reviseYesterday(stage: Stage): Promise<void> {
  const { day, people } = revisedDay(stage)
  await stage.organization.reviseDay(day, people)
}

/** The first sync of an organization into an empty table, in a new process. */
export async function firstSync(
  organization: OrganizationProcess,
  table: TableConnection,
  { nodeOptions, ...options }: SyncOptions & { readonly nodeOptions?: readonly string[] } = {},
): Promise<{ first: Synced; peakBytes: number }> {
  const sync = new SyncProcess(nodeOptions)
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
