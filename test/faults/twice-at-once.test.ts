import { afterAll, expect, test } from '@jest/globals'
import { LATE_WRITES_FOR_AT_MOST_MS } from '../../shared/integrations/sync-slot.ts'
import { anOrganization, KEY, OTHER_KEY } from '../api/api-bench.ts'
import { listed, used } from '../sync/sync-bench.ts'
import { recordFigures } from './figures.ts'
import { type RaceBench, startRaceBench } from './race-bench.ts'
import { randomFrom, startSeed } from '../histories/seed.ts'

const RACES = 40
const THIRD_KEY = 'sk-admin-5555555555thirdMNOP'
const HOUR_MS = 3_600_000

const seed = startSeed('twice-at-once')
const figures = {
  races: 0,
  'one won and the other said so': 0,
  'one after the other': 0,
  'a late run damaged the record, which the next sync mended': 0,
}
let suites = 0
afterAll(() => recordFigures('twice-at-once', figures))

/** Runs a race on a table of its own, in many drawn orders. */
function raced(title: string, race: (bench: RaceBench, id: string) => Promise<void>): void {
  const suite = (suites += 1)
  test(title, async () => {
    for (let draw = 0; draw < RACES; draw += 1) {
      const bench = await startRaceBench(randomFrom(seed, suite, draw))
      try {
        bench.organizations.set(THIRD_KEY, anOrganization())
        await race(bench, await bench.connectedOnce())
        figures.races += 1
      } finally {
        await bench.close()
      }
    }
  })
}

test('A seed determines one order under any load, so a race can be repeated', async () => {
  const orders: (readonly string[])[] = []
  for (const _again of [1, 2]) {
    const bench = await startRaceBench(randomFrom(seed))
    const id = await bench.connectedOnce()
    await bench.atOnce<unknown>([
      () => bench.handle(bench.scheduled(id)),
      () => bench.request('PATCH', `/integrations/${id}`, { adminApiKey: OTHER_KEY, name: 'Renamed' }),
      () => bench.request('DELETE', `/integrations/${id}`),
    ])
    orders.push(bench.happened)
    await bench.close()
  }
  expect(orders[0]?.length).toBeGreaterThan(20)
  expect(orders[0]).toEqual(orders[1])
})

/** Counts the outcomes of concurrent calls: at least one won, and each of the others got one of these answers. */
function expectOneWon(results: readonly unknown[], won: unknown, told: readonly unknown[]): void {
  const winners = results.filter((result) => result === won)
  expect(winners.length).toBeGreaterThan(0)
  for (const result of results) expect([won, ...told]).toContain(result)
  figures[winners.length === 1 ? 'one won and the other said so' : 'one after the other'] += 1
}

const statusOf = async (answer: Promise<{ status: number }>) => (await answer).status

async function expectSyncedNow(bench: RaceBench, id: string): Promise<void> {
  bench.advance(HOUR_MS)
  expect(await bench.handle(bench.scheduled(id))).toBe('succeeded')
  await bench.expectWhole(id)
}

raced('A message that is delivered twice at once runs one sync', async (bench, id) => {
  bench.organization().rows = [used('ana', '2026-11-24', 7)]
  const message = bench.scheduled(id)
  const results = await bench.atOnce([() => bench.handle(message), () => bench.handle(message)])
  expect(results.filter((result) => result === 'succeeded')).toHaveLength(1)
  expectOneWon(results, 'succeeded', ['slot_taken', 'already_ended'])
  expect((await bench.request('GET', `/integrations/${id}/syncs`)).body).toMatchObject({
    items: [{ id: message.syncId, state: 'succeeded' }, { trigger: 'connect' }],
  })
  await bench.expectWhole(id)
})

raced('Of schedules that overlap, one syncs, or one after the other', async (bench, id) => {
  bench.organization().rows = [used('ana', '2026-11-24', 7)]
  const messages = [bench.scheduled(id), bench.scheduled(id), bench.scheduled(id)]
  const results = await bench.atOnce(messages.map((message) => () => bench.handle(message)))
  expectOneWon(results, 'succeeded', ['slot_taken', 'already_ended'])
  await bench.expectWhole(id)
})

raced(
  'A manual sync during a scheduled one is refused or runs, and every accepted sync succeeds',
  async (bench, id) => {
    bench.organization().rows = [used('ana', '2026-11-24', 7)]
    const message = bench.scheduled(id)
    const [outcome, answer] = await bench.atOnce<unknown>([
      () => bench.handle(message),
      () => statusOf(bench.request('POST', `/integrations/${id}/syncs`)),
    ])
    expect(['succeeded', 'slot_taken', 'already_ended']).toContain(outcome)
    expect([202, 409]).toContain(answer)
    expectOneWon([outcome === 'succeeded', answer === 202], true, [false])
    expect(bench.outcomes.slice(1)).toEqual(answer === 202 ? ['succeeded'] : [])
    await bench.expectWhole(id)
  },
)

raced('Of two new keys at once, the one that is shown is the one that is stored, and syncs', async (bench, id) => {
  const keys = [OTHER_KEY, THIRD_KEY]
  const change = (adminApiKey: string) => () => statusOf(bench.request('PATCH', `/integrations/${id}`, { adminApiKey }))
  const statuses = await bench.atOnce(keys.map(change))
  expectOneWon(statuses, 200, [409])
  const stored = bench.keys.stored.get(id)
  const integration = await bench.dependencies.integrations.getIntegration(id)
  expect(integration).toMatchObject({ keyVersion: stored?.keyVersion, keyHint: stored?.secret.slice(-4) })
  expect(integration).toMatchObject({ pendingEdit: null, problem: null, lastSync: { state: 'succeeded' } })
  if (statuses.includes(409)) expect(stored?.secret).toBe(keys[statuses.indexOf(200)])
  await expectSyncedNow(bench, id)
})

raced('Of two connections under one name, one is made, and one key is stored', async (bench) => {
  const connect = () => statusOf(bench.connectRequest({ name: 'Twin', adminApiKey: OTHER_KEY }))
  const statuses = await bench.atOnce([connect, connect])
  expect(statuses.toSorted((left, right) => left - right)).toEqual([201, 409])
  expectOneWon(statuses, 201, [409])
  expect(bench.keys.stored.size).toBe(2)
  expect(bench.outcomes).toEqual(['succeeded', 'succeeded'])
})

raced(
  'What is deleted during a sync, a key change and a sync by hand stays deleted, and nothing stays of it',
  async (bench, id) => {
    bench.organization().rows = [used('ana', '2026-11-24', 7)]
    const message = bench.scheduled(id)
    const [status] = await bench.atOnce<unknown>([
      () => statusOf(bench.request('DELETE', `/integrations/${id}`)),
      () => bench.handle(message),
      () => statusOf(bench.request('PATCH', `/integrations/${id}`, { adminApiKey: OTHER_KEY, name: 'Renamed' })),
      () => statusOf(bench.request('POST', `/integrations/${id}/syncs`)),
    ])
    expect(status).toBe(204)
    await bench.someHours()
    await bench.expectGone(id)
    for (const name of ['Acme', 'Renamed']) expect((await bench.connectRequest({ name })).status).toBe(201)
  },
)

raced('Of two deletions at once both are answered, and nothing stays', async (bench, id) => {
  const remove = () => statusOf(bench.request('DELETE', `/integrations/${id}`))
  expectOneWon(await bench.atOnce([remove, remove]), 204, [404])
  await bench.someHours()
  await bench.expectGone(id)
})

/** What a run that outlives its lease reads: people and figures that are no more when the next one reads. */
function bygone() {
  const organization = anOrganization()
  organization.people.push(listed('dan'), listed('eve'))
  organization.rows = [used('ana', '2026-11-24', 70), used('dan', '2026-11-23', 9), used('eve', '2026-11-22', 9)]
  return organization
}

raced('A run that outlives its lease damages nothing for longer than the next sync', async (bench, id) => {
  const late = bench.scheduled(id)
  const next = bench.scheduled(id)
  const [, outcome] = await bench.atOnce([
    () => bench.handleLate(late, bygone()),
    async () => {
      await bench.leaseLapsed()
      return bench.handle(next)
    },
  ])
  const { body } = await bench.request('GET', `/integrations/${id}/usage?groupBy=user`)
  if (outcome === 'succeeded') expect(body).toMatchObject({ asOf: { syncId: next.syncId } })
  if (!(await bench.isRecordWhole(id))) figures['a late run damaged the record, which the next sync mended'] += 1
  bench.advance(LATE_WRITES_FOR_AT_MOST_MS)
  await expectSyncedNow(bench, id)
})

raced('A run that outlives its lease leaves nothing of an integration that is deleted meanwhile', async (bench, id) => {
  const [, status] = await bench.atOnce<unknown>([
    () => bench.handleLate(bench.scheduled(id), bygone()),
    async () => {
      await bench.leaseLapsed()
      return statusOf(bench.request('DELETE', `/integrations/${id}`))
    },
  ])
  expect(status).toBe(204)
  await bench.someHours()
  await bench.expectGone(id)
  expect((await bench.connectRequest({ adminApiKey: KEY })).status).toBe(201)
})
