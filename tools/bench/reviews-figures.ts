import { IntegrationRepository } from '../../shared/storage/integrations.ts'
import { SnapshotRepository } from '../../shared/storage/snapshots.ts'
import { anIntegration, aPerson, aRow, aSnapshot } from '../../test/builders.ts'
import { writeSnapshot } from '../../test/storage/write-snapshot.ts'
import { ApiBaselineProcess, ApiProcess, startTable } from './bench-processes.ts'
import type { Timed } from './child.ts'
import { type Figures, inTurn, inTurnWarm, type TimedFigure } from './figure.ts'
import { heapOnLambda } from './heap-limits.ts'
import { FUNCTION_MB, memoryFigure } from './memory-figures.ts'
import { IDLE_MB } from './organizations-figures.ts'
import { withTable } from './copied-organizations.ts'
import { INTEGRATION_ID } from './measured-company.ts'
import type { TableConnection } from './table-connection.ts'

const BASELINE = 'the same review read, decompressed and parsed'
const ITEMS_A_CALL = 1_000
/** Lambda returns at most 6 MB, base64 included. */
const ANSWER_KB_AT_MOST = 6 * 1_024
/** As JSON. What is larger takes too much memory before it is compressed. */
const RAW_KB_AT_MOST = 16 * 1_024
const BYTES_PER_KB = 1_024

interface Bench {
  readonly api: ApiProcess
  readonly baseline: ApiBaselineProcess
  readonly size: string
}

/** The calls of a review of so many members, each beside the time that reading and decoding it takes. */
export async function reviewsFigures(members: number, rounds: number): Promise<Figures> {
  const api = new ApiProcess(heapOnLambda(FUNCTION_MB))
  const baseline = new ApiBaselineProcess()
  const table = await startTable()
  try {
    await publishMembers(table.connection, members)
    await api.open(table.connection)
    await baseline.open(table.connection)
    return await measure({ api, baseline, size: `${members.toLocaleString('en')} members` }, rounds)
  } finally {
    await api.stop()
    await baseline.stop()
    await table.stop()
  }
}

/** An organization of so many people, a third of whom used it: its snapshot without a sync. */
async function publishMembers(connection: TableConnection, members: number): Promise<void> {
  await withTable(connection, async (table) => {
    const ids = Array.from({ length: members }, (_, place) => `user-${String(place).padStart(6, '0')}`)
    const people = ids.map((userId) => aPerson({ userId, name: `Name of ${userId}` }))
    const rows = ids.filter((_, place) => place % 3 === 0).map((userId) => aRow({ userId }))
    const snapshots = new SnapshotRepository(table)
    const published = await writeSnapshot(snapshots, INTEGRATION_ID, 'all', aSnapshot(people, rows))
    const integration = anIntegration({ id: INTEGRATION_ID, lifecycle: 'visible', published })
    await new IntegrationRepository(table).createIntegration(integration)
  })
}

async function measure(bench: Bench, rounds: number): Promise<Figures> {
  const { api, size } = bench
  const review = await newReview(api)
  await decideOnAll(api, review)
  await api.send('POST', `${review.path}/completion`)
  const timed = [
    await created(bench, review.id, rounds),
    await listed(bench, review, rounds),
    await decided(bench, rounds),
    await completed(bench, rounds),
    await downloaded(bench, review, rounds),
  ]
  const { bytes, rawBytes } = await api.send('GET', `${review.path}/evidence`)
  const inKb = (what: string, of: number, goal: number) =>
    ({
      what: `Evidence of ${size}: ${what}`,
      counted: Math.round(of / BYTES_PER_KB),
      goal,
      relation: 'at most',
      unit: 'KB',
    }) as const
  const counted = [
    inKb('as JSON', rawBytes, RAW_KB_AT_MOST),
    inKb('compressed, as Lambda returns it', bytes, ANSWER_KB_AT_MOST),
    await memoryFigure(`Memory of all calls of reviews of ${size}`, FUNCTION_MB - IDLE_MB, await api.peakBytes()),
  ]
  return { timed, counted }
}

interface Review {
  readonly id: string
  readonly path: string
}

async function newReview(api: ApiProcess): Promise<Review> {
  const { id } = await api.send('POST', '/v1/reviews', { name: 'Bench', population: 'everyone' })
  if (id === undefined) throw new Error('The answer has no id.')
  return { id, path: `/v1/reviews/${id}` }
}

async function decideOnAll(api: ApiProcess, review: Review): Promise<void> {
  for (let page = await undecided(api, review); page.length > 0; page = await undecided(api, review)) {
    await decide(api, review, page)
  }
}

async function undecided(api: ApiProcess, { path }: Review): Promise<readonly string[]> {
  const { itemIds } = await api.send('GET', `${path}/items?decision=undecided&limit=${ITEMS_A_CALL}`)
  return itemIds
}

function decide(api: ApiProcess, { path }: Review, itemIds: readonly string[]) {
  return api.send('POST', `${path}/decisions`, { itemIds, decision: 'keep', note: 'Needs it.' })
}

async function created({ api, baseline, size }: Bench, id: string, rounds: number): Promise<TimedFigure> {
  const measured = await inTurn(rounds, {
    baseline: () => baseline.decodeReview(id),
    ours: () => api.send('POST', '/v1/reviews', { name: 'Bench', population: 'everyone' }),
  })
  return { what: `Creating a review of ${size}`, baseline: BASELINE, goal: null, rounds: measured }
}

async function listed({ api, baseline, size }: Bench, { id, path }: Review, rounds: number): Promise<TimedFigure> {
  const measured = await inTurnWarm(rounds, {
    baseline: () => baseline.decodeReview(id),
    ours: async () => {
      await api.forget()
      return api.send('GET', `${path}/items?limit=50`)
    },
  })
  return { what: `First page of a review of ${size}, not in memory`, baseline: BASELINE, goal: 3, rounds: measured }
}

async function decided({ api, baseline, size }: Bench, rounds: number): Promise<TimedFigure> {
  const review = await newReview(api)
  const ids = await undecided(api, review)
  const measured = await inTurnWarm(rounds, {
    baseline: () => baseline.decodeReview(review.id),
    ours: () => decide(api, review, ids),
  })
  const what = `Deciding on ${ITEMS_A_CALL.toLocaleString('en')} items of a review of ${size}`
  return { what, baseline: BASELINE, goal: null, rounds: measured }
}

async function completed({ api, baseline, size }: Bench, rounds: number): Promise<TimedFigure> {
  const waiting: Review[] = []
  for (let round = 0; round < rounds; round += 1) {
    const review = await newReview(api)
    await decideOnAll(api, review)
    waiting.push(review)
  }
  const next = (): Review => {
    const [review] = waiting
    if (review === undefined) throw new Error('There is no review left.')
    return review
  }
  const measured = await inTurn(rounds, {
    baseline: () => baseline.decodeReview(next().id),
    ours: async (): Promise<Timed> => {
      const { path } = next()
      waiting.shift()
      return api.send('POST', `${path}/completion`)
    },
  })
  return { what: `Completing a review of ${size}`, baseline: BASELINE, goal: null, rounds: measured }
}

async function downloaded({ api, baseline, size }: Bench, { id, path }: Review, rounds: number): Promise<TimedFigure> {
  const measured = await inTurnWarm(rounds, {
    baseline: () => baseline.decodeReview(id),
    ours: async () => {
      await api.forget()
      return api.send('GET', `${path}/evidence`)
    },
  })
  return {
    what: `Evidence of a review of ${size}, not in memory, compressed`,
    baseline: BASELINE,
    goal: null,
    rounds: measured,
  }
}
