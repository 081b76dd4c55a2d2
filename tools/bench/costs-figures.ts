import { COST_REPORTS, costs } from '../../shared/data-sets/costs/costs.ts'
import { startTable, SyncBaselineProcess, type Synced, SyncProcess } from './bench-processes.ts'
import { type Figures, inTurn, inTurnWarm } from './figure.ts'
import { firstAnswer, wholeFirstSync } from './first-answer-figures.ts'
import { DISTANCE_MS } from './measured-company.ts'
import { firstSync, REQUESTS_A_REPORT, reviseYesterday, revisedDay, type Stage } from './stage.ts'

const WITHOUT_COSTS = { leftOut: [costs.id] }

/** What costs add to the syncs of an organization: each figure beside the same without costs. */
export async function costsFigures(
  stage: Stage,
  rounds: { readonly first: number; readonly quiet: number },
): Promise<Figures> {
  const size = `${stage.members.toLocaleString('en')} members`
  const far = `OpenAI ${DISTANCE_MS} ms away`
  const isOfCosts = (url: string) => new URL(url).pathname.endsWith('/costs')
  const firstRounds = await inTurn(rounds.first, {
    baseline: () => wholeFirstSync(stage, WITHOUT_COSTS),
    ours: () => wholeFirstSync(stage),
  })
  await stage.organization.setDelay(DISTANCE_MS)
  const answers = await inTurn(rounds.first, {
    baseline: () => firstAnswer(stage, WITHOUT_COSTS),
    ours: () => firstAnswer(stage),
  })
  const fetching = await fetchRounds(stage, rounds.quiet, isOfCosts)
  const quiet = await quietRounds(stage, rounds.quiet)
  await stage.organization.setDelay(0)
  const units = { with: await unitsOf(stage, []), without: await unitsOf(stage, WITHOUT_COSTS.leftOut) }
  const added = (which: keyof Units) => Math.round(units.with[which] - units.without[which])
  const timed = [
    { what: `Fetching and parsing alone, costs among the pages, ${size}, ${far}`, rounds: fetching },
    { what: `First answer of a first sync with costs, ${size}, ${far}`, rounds: answers },
    { what: `Sync with nothing new, costs included, ${size}, ${far}`, rounds: quiet },
    { what: `First sync with its record and costs, ${size}, OpenAI beside it`, rounds: firstRounds },
  ]
  return {
    timed: timed.map((figure) => ({ ...figure, baseline: 'the same without costs', goal: null })),
    counted: [
      {
        what: `Requests to OpenAI that costs add to a sync, ${size}`,
        counted: stage.first.asked.filter((url) => isOfCosts(url)).length,
        goal: COST_REPORTS.length * REQUESTS_A_REPORT,
        relation: 'equal',
      },
      {
        what: `Write units that costs add to a first sync, ${size}: no more than everything else has`,
        counted: added('first'),
        goal: Math.floor(units.without.first),
        relation: 'at most',
      },
      {
        what: 'Write units that costs add to a sync with nothing new',
        counted: added('quiet'),
        goal: 0,
        relation: 'equal',
      },
      {
        what: `Write units that costs add to a sync after one day changed, ${revisedDay(stage).people.toLocaleString('en')} people: no more than everything else has`,
        counted: added('changed'),
        goal: Math.floor(units.without.changed),
        relation: 'at most',
      },
    ],
  }
}

/** What grows by itself: the pages, fetched and parsed without Rollcall. */
async function fetchRounds({ organization, first }: Stage, rounds: number, isOfCosts: (url: string) => boolean) {
  const [all, some] = [new SyncBaselineProcess(), new SyncBaselineProcess()]
  try {
    await all.plan(organization, first.asked)
    await some.plan(
      organization,
      first.asked.filter((url) => !isOfCosts(url)),
    )
    return await inTurnWarm(rounds, { baseline: () => some.fetch(), ours: () => all.fetch() })
  } finally {
    await all.stop()
    await some.stop()
  }
}

async function quietRounds({ organization, table }: Stage, rounds: number) {
  const without = await startTable()
  const [all, some] = [new SyncProcess(), new SyncProcess()]
  try {
    await firstSync(organization, without.connection, WITHOUT_COSTS)
    await all.open(organization, table)
    await some.open(organization, without.connection, WITHOUT_COSTS)
    return await inTurnWarm(rounds, { baseline: () => some.sync(), ours: () => all.sync() })
  } finally {
    await all.stop()
    await some.stop()
    await without.stop()
  }
}

type Units = Readonly<Record<'first' | 'quiet' | 'changed', number>>

/** The write units of a first sync, of one with nothing new, and of one after one day changed. */
async function unitsOf(stage: Stage, leftOut: readonly string[]): Promise<Units> {
  const table = await startTable()
  const sync = new SyncProcess()
  try {
    await sync.open(stage.organization, table.connection, { leftOut, countsUnits: true })
    await sync.connect()
    const writeUnits = async (synced: Promise<Synced>) => (await synced).writeUnits
    const first = await writeUnits(sync.sync())
    const quiet = await writeUnits(sync.sync())
    await reviseYesterday(stage)
    return { first, quiet, changed: await writeUnits(sync.sync()) }
  } finally {
    await sync.stop()
    await table.stop()
  }
}
