import { ApiBaselineProcess, ApiProcess, startTable } from './bench-processes.ts'
import type { Timed } from './child.ts'
import { copyOrganization, gatherOrganization } from './copied-organizations.ts'
import { allFigures, type CountFigure, type Figures, inTurn, inTurnWarm, type TimedFigure } from './figure.ts'
import { heapOnLambda } from './heap-limits.ts'
import { FUNCTION_MB, memoryFigure } from './memory-figures.ts'
import type { Stage } from './stage.ts'
import type { TableConnection } from './table-connection.ts'

/** Of the function's memory, for an idle Node process and Lambda's runtime. */
export const IDLE_MB = 128
const CALLS_A_ROUND = 5
/** So many whole snapshots with costs and keys fit into the cache. */
const SNAPSHOTS_KEPT = 50

/** The answers over all organizations. */
const ANSWERS = {
  People: '/v1/people?sort=-requests&limit=50',
  Findings: '/v1/findings?limit=50',
  Overview: '/v1/overview',
  'Costs by person': '/v1/costs?groupBy=person&limit=50',
} as const
/** Days of which the summaries have no sums. */
const OTHER_DAYS = '/v1/costs?groupBy=person&limit=50&from=2026-11-01&to=2026-11-20'

interface Rounds {
  readonly first: number
  readonly later: number
}

/** Answers over many organizations: the first of a new process, later ones, and the memory that they take. */
export async function organizationsFigures(stage: Stage, organizations: number, rounds: Rounds): Promise<Figures> {
  const ids = await copyOrganization(stage.table, organizations)
  const size = `${organizations} organizations of ${stage.members.toLocaleString('en')} members`
  const first = await firstAnswers(stage.table, size, rounds.first)
  const later = await laterAnswers(stage, { organizations, size, rounds: rounds.later })
  const counted = [await memoryOfAnswers(stage.table, size), ...(await memoryOfAll(stage.table, size, ids))]
  return allFigures([
    { timed: first, counted: [] },
    { timed: later, counted },
  ])
}

/** Each first answer in a new process, beside a new process that reads and decodes the same items. */
async function firstAnswers(table: TableConnection, size: string, rounds: number): Promise<TimedFigure[]> {
  const figures: TimedFigure[] = []
  for (const [name, target] of Object.entries(ANSWERS)) {
    const measured = await inTurn(rounds, {
      baseline: () => newBaseline(table),
      ours: () => newApi(table, target),
    })
    const baseline = 'the same items read, decompressed and parsed'
    figures.push({ what: `${name} of ${size}, after a cold start`, baseline, goal: 1.5, rounds: measured })
  }
  return figures
}

async function newBaseline(table: TableConnection): Promise<Timed> {
  const baseline = new ApiBaselineProcess()
  try {
    await baseline.open(table)
    return await baseline.decodeSummaries()
  } finally {
    await baseline.stop()
  }
}

async function newApi(table: TableConnection, target: string): Promise<Timed> {
  const api = new ApiProcess(heapOnLambda(FUNCTION_MB))
  try {
    await api.open(table)
    return await api.call(target, 1)
  } finally {
    await api.stop()
  }
}

/** Answers from memory, beside the member list of one organization with as many people, by another process. */
async function laterAnswers(
  stage: Stage,
  { organizations, size, rounds }: { readonly organizations: number; readonly size: string; readonly rounds: number },
): Promise<TimedFigure[]> {
  const table = await startTable()
  const [api, list] = [new ApiProcess(heapOnLambda(FUNCTION_MB)), new ApiProcess(heapOnLambda(FUNCTION_MB))]
  try {
    const id = await gatherOrganization(stage.table, table.connection, organizations)
    await api.open(stage.table)
    await list.open(table.connection)
    const users = `/v1/integrations/${id}/users?sort=-requests&limit=50`
    const figures: TimedFigure[] = []
    for (const [name, target] of Object.entries(ANSWERS)) {
      const measured = await inTurnWarm(rounds, {
        baseline: () => list.call(users, CALLS_A_ROUND),
        ours: () => api.call(target, CALLS_A_ROUND),
      })
      const baseline = 'the member list of one organization with as many people'
      figures.push({ what: `${name} of ${size}, from memory`, baseline, goal: 1, rounds: measured })
    }
    return figures
  } finally {
    await api.stop()
    await list.stop()
    await table.stop()
  }
}

/** The memory of a process that gives these answers alone, also those about other days. */
async function memoryOfAnswers(table: TableConnection, size: string): Promise<CountFigure> {
  const api = new ApiProcess(heapOnLambda(FUNCTION_MB))
  try {
    await api.open(table)
    for (const target of [...Object.values(ANSWERS), OTHER_DAYS]) await api.answerBrowser(target)
    return await memoryFigure(`Memory of the answers over ${size}`, FUNCTION_MB - IDLE_MB, await api.peakBytes())
  } finally {
    await api.stop()
  }
}

/** The memory of one process that answers about each organization, all of them at once first, and then over all. */
async function memoryOfAll(table: TableConnection, size: string, ids: readonly string[]): Promise<CountFigure[]> {
  const api = new ApiProcess(heapOnLambda(FUNCTION_MB))
  try {
    await api.open(table)
    const usersOf = (id: string) => `/v1/integrations/${id}/users?sort=-requests&limit=1000`
    await Promise.all(ids.map((id) => api.answerBrowser(usersOf(id))))
    for (const id of ids) await api.answerBrowser(`/v1/integrations/${id}/usage?groupBy=user`)
    const latest = ids.slice(-SNAPSHOTS_KEPT)
    for (const id of latest) await api.answerBrowser(usersOf(id))
    let reads = 0
    for (const id of latest) reads += (await api.answer(usersOf(id))).table.reads
    const what = `${size} in one api process`
    const ofEach = await memoryFigure(`Memory of ${what}`, FUNCTION_MB - IDLE_MB, await api.peakBytes())
    for (const target of Object.values(ANSWERS)) await api.answerBrowser(target)
    const ofAll = await memoryFigure(
      `Memory of ${what}, with the answers over all`,
      FUNCTION_MB - IDLE_MB,
      await api.peakBytes(),
    )
    const goal = { counted: reads, goal: latest.length, relation: 'equal' } as const
    return [
      ofEach,
      ofAll,
      { what: `Second lists of the latest ${latest.length} of ${what}: reads of the table`, ...goal },
    ]
  } finally {
    await api.stop()
  }
}
