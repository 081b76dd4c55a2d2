import { COST_REPORTS, costs } from '../../shared/data-sets/costs/costs.ts'
import { REPORTED_KINDS } from '../../shared/providers/openai/other-kinds.ts'
import { usage } from '../../shared/data-sets/usage/usage.ts'
import { addDays, dayOf } from '../../shared/domain/day.ts'
import { keys } from '../../shared/storage/table.ts'
import { startTable, SyncBaselineProcess, SyncProcess, type Synced } from './bench-processes.ts'
import { type Figures, inTurn, inTurnWarm } from './figure.ts'
import { DISTANCE_MS, INTEGRATION_ID, MEASURED_AT, WINDOW_DAYS } from './measured-company.ts'
import { firstSync, REQUESTS_A_REPORT, reviseYesterday, revisedDay, type Stage } from './stage.ts'

/** The claim, the announcement of the snapshots, the publication with the ended sync (2 items), and the end of the record. */
const OWN_WRITES_AT_MOST = 5
/** OpenAI's maximum of people on a page. */
const PEOPLE_A_PAGE = 100
/** Of fewer than a hundred each: the projects, the Admin keys and the invitations. */
const REQUESTS_OF_LISTS = 3
/** The simulated organization has one user of its own, whose usage and costs grow until the day ends. */
const ROWS_OF_ENDED_DAY = 2

/** How many rounds each figure takes. First syncs are by far the slowest. */
export interface SyncRounds {
  readonly first: number
  readonly quiet: number
  readonly distant: number
}

/** Times of syncs against fetching, parsing and writing alone. */
export async function syncFigures(stage: Stage, rounds: SyncRounds): Promise<Figures> {
  const baseline = new SyncBaselineProcess()
  const sync = new SyncProcess()
  try {
    await baseline.plan(stage.organization, stage.first.asked)
    await sync.open(stage.organization, stage.table)
    return await measure({ stage, baseline, sync }, rounds)
  } finally {
    await baseline.stop()
    await sync.stop()
  }
}

interface Bench {
  readonly stage: Stage
  readonly baseline: SyncBaselineProcess
  readonly sync: SyncProcess
}

async function measure(bench: Bench, rounds: SyncRounds): Promise<Figures> {
  const { stage, baseline, sync } = bench
  const size = `${stage.members.toLocaleString('en')} members`
  const quiet: Synced[] = []
  const quietRounds = await inTurnWarm(rounds.quiet, {
    baseline: () => baseline.fetch(),
    ours: async () => noted(quiet, await sync.sync()),
  })
  const distant: Synced[] = []
  const distantRounds = await distantSyncRounds(bench, rounds.distant, distant)
  const changed: Synced[] = []
  const changedRounds = await changedDayRounds(bench, rounds.quiet, changed)
  const firstRounds = await firstSyncRounds(bench, rounds.first)
  const firstDay = addDays(dayOf(MEASURED_AT), 1 - WINDOW_DAYS)
  const leavingRows = await baseline.load(
    stage.table,
    [usage, costs].map(({ id }) => keys.seriesDay(INTEGRATION_ID, id, firstDay)),
  )
  const midnight = await syncAfterMidnight(bench)
  const lastQuiet = quiet.at(-1) ?? stage.first
  const lastDistant = distant.at(-1) ?? stage.first
  const lastChanged = changed.at(-1) ?? stage.first
  return {
    timed: [
      { what: `First sync, ${size}`, baseline: 'fetch, parse, put the same items', goal: 1.2, rounds: firstRounds },
      { what: `Sync with nothing new, ${size}`, baseline: 'fetch and parse', goal: 1.25, rounds: quietRounds },
      {
        what: `The same, OpenAI ${DISTANCE_MS} ms away`,
        baseline: 'fetch and parse, as far away',
        goal: 1.25,
        rounds: distantRounds,
      },
      {
        what: `Sync after one day changed, ${size}`,
        baseline: 'fetch, parse, put that day’s rows and the snapshot',
        goal: 1.25,
        rounds: changedRounds,
      },
    ],
    counted: [
      {
        what: `Requests to OpenAI a sync, ${size}`,
        counted: stage.first.asked.length,
        goal: requestsOfSync(stage),
        relation: 'equal',
      },
      {
        what: 'Write requests of a sync with nothing new',
        counted: lastQuiet.table.writes,
        goal: OWN_WRITES_AT_MOST,
        relation: 'at most',
      },
      {
        what: `Progress notes of that, OpenAI ${DISTANCE_MS} ms away: one in two seconds, none in the first two`,
        counted: lastDistant.table.progressNotes,
        goal: Math.floor(lastDistant.ms / 2_000),
        relation: 'at most',
      },
      {
        what: 'Written items of a sync after one day changed: changed rows of usage and costs, snapshot parts and 5',
        counted: lastChanged.table.writtenItems - lastChanged.table.deletedItems,
        goal: 2 * revisedDay(stage).people + lastChanged.parts + OWN_WRITES_AT_MOST,
        relation: 'at most',
      },
      {
        what: 'Items that it deletes besides: the parts of the snapshot before the last',
        counted: lastChanged.table.deletedItems,
        goal: lastChanged.parts,
        relation: 'at most',
      },
      {
        what: 'Written items of the first sync after midnight: 5, snapshot parts, rows of the day that left and of the day that ended',
        counted: midnight.table.writtenItems,
        goal: OWN_WRITES_AT_MOST + midnight.parts + leavingRows + ROWS_OF_ENDED_DAY,
        relation: 'at most',
      },
    ],
  }
}

function noted(list: Synced[], synced: Synced): Synced {
  list.push(synced)
  return synced
}

/** With the latency that users see: each reply is delayed. */
async function distantSyncRounds({ stage, baseline, sync }: Bench, rounds: number, distant: Synced[]) {
  await stage.organization.setDelay(DISTANCE_MS)
  const measured = await inTurn(rounds, {
    baseline: () => baseline.fetch(),
    ours: async () => noted(distant, await sync.sync()),
  })
  await stage.organization.setDelay(0)
  return measured
}

/**
 * Each round revises the same day again. The baseline writes the rows and the snapshot of the first revision. The sync
 * also deletes the snapshot that its predecessor replaced.
 */
async function changedDayRounds({ stage, baseline, sync }: Bench, rounds: number, changed: Synced[]) {
  const { day } = revisedDay(stage)
  const change = async () => {
    await reviseYesterday(stage)
    // Generates the changed pages beforehand, so no measured process waits for them.
    await baseline.fetch()
  }
  await change()
  const { generations } = await sync.sync()
  await baseline.load(stage.table, [
    keys.seriesDay(INTEGRATION_ID, usage.id, day),
    ...generations
      .filter((generation) => generation.startsWith(usage.id))
      .flatMap((generation) => keys.snapshotPartitions(INTEGRATION_ID, generation)),
  ])
  const scratch = await startTable()
  await baseline.into(scratch.connection)
  const measured = await inTurnWarm(rounds, {
    baseline: async () => {
      await change()
      return baseline.fetchAndWrite()
    },
    ours: async () => noted(changed, await sync.sync()),
  })
  await scratch.stop()
  return measured
}

/** Each sync goes into an empty table, in a new process. The baseline's process is new too. */
async function firstSyncRounds({ stage }: Bench, rounds: number) {
  return inTurn(rounds, {
    baseline: async () => {
      const baseline = new SyncBaselineProcess()
      const table = await startTable()
      await baseline.plan(stage.organization, stage.first.asked)
      await baseline.load(stage.table, null)
      await baseline.into(table.connection)
      const time = await baseline.fetchAndWrite()
      await baseline.stop()
      await table.stop()
      return time
    },
    ours: async () => {
      const table = await startTable()
      const { first } = await firstSync(stage.organization, table.connection)
      await table.stop()
      return first
    },
  })
}

async function syncAfterMidnight({ stage, sync }: Bench): Promise<Synced> {
  // Nothing has changed. The first sync of this kind deletes the snapshot that the last change replaced.
  await sync.sync()
  const midnight = new Date(`${addDays(dayOf(MEASURED_AT), 1)}T00:05:00.000Z`)
  await stage.organization.setNow(midnight)
  await sync.setNow(midnight)
  return sync.sync()
}

/** The formula of docs/performance.md. Each project has fewer than a hundred keys. */
function requestsOfSync({ members, first }: Stage): number {
  const projects = first.asked.filter((url) => new URL(url).pathname.endsWith('/api_keys')).length
  const reports = 1 + REPORTED_KINDS.length + COST_REPORTS.length
  return Math.ceil(members / PEOPLE_A_PAGE) + REQUESTS_A_REPORT * reports + REQUESTS_OF_LISTS + projects
}
