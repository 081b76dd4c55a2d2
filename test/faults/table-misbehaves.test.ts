import { afterAll, expect, test } from '@jest/globals'
import { type FaultyTable, startFaultyTable, type TableFault } from '../fakes/faulty-table.ts'
import { Draw } from '../histories/draw.ts'
import { expectRecord } from './expect-record.ts'
import { recordFigures } from './figures.ts'
import { counted, type Misbehaviour, startSynced, type SyncedBench } from './provider-bench.ts'
import { randomFrom, startSeed } from '../histories/seed.ts'

const seed = startSeed('table-misbehaves')
const ROUNDS = 15
const SYNCS = 3
/** How many requests to the table an organization's round takes at most. Without faults it takes about a third. */
const REQUESTS_AT_MOST = 500
const totals = { faults: 0, requests: 0 }

afterAll(() => {
  recordFigures('table-misbehaves', {
    'faults injected': totals.faults,
    'requests to the table': totals.requests,
    'answers compared': counted.answers,
  })
})

const faults: [string, readonly TableFault[]][] = [
  ['throttles every tenth request', ['throttle']],
  ['breaks in every tenth request', ['break']],
  ['carries every tenth request out and loses the reply', ['lose']],
  ['leaves half of every tenth batch unprocessed', ['halve']],
  ['answers every tenth request late', ['slow']],
  ['does all of that', ['throttle', 'break', 'lose', 'halve', 'slow']],
]

test.each(faults)('When the table %s, no write is lost and every answer is right', async (_, kinds) => {
  for (let round = 1; round <= ROUNDS; round += 1) {
    await withTable(round, {}, async ({ bench, table, draw }) => {
      table.state.decide = faultsOf(kinds, draw)
      for (let sync = 1; sync <= SYNCS; sync += 1) {
        bench.change()
        expect(await bench.sync(bench.organization)).toMatchObject({ code: null })
      }
      const name = `Renamed ${round}`
      const edited = await bench.api.request('PATCH', `/integrations/${bench.id}`, { json: { name } })
      expect([edited.status, edited.body]).toEqual([200, expect.objectContaining({ name })])
      table.state.decide = () => 'none'
      await bench.compare()
      await expectRecord(bench, table)
      expect(table.state.requests).toBeLessThanOrEqual(REQUESTS_AT_MOST)
    })
  }
})

test('Connecting and renaming succeed when every first reply to a write was lost', () =>
  withTable(1, {}, async ({ bench, table }) => {
    let writes = 0
    table.state.decide = (operation) =>
      /^(Put|Delete|Update)Item$/.test(operation) && (writes += 1) % 2 === 1 ? 'lose' : 'none'
    const connected = await bench.api.connect({ name: 'Second', adminApiKey: bench.simulated.keys.otherOrganization })
    expect(connected.status).toBe(201)
    const again = await bench.api.request('PATCH', `/integrations/${bench.id}`, { json: { name: 'Third' } })
    expect(again.status).toBe(200)
    const taken = await bench.api.connect({ name: 'Third', adminApiKey: bench.simulated.keys.otherOrganization })
    expect(taken.body).toMatchObject({ code: 'name_taken' })
    const { body } = await bench.api.request('GET', '/integrations')
    expect(body).toMatchObject({ items: [{ name: 'Third' }, { name: 'Second' }] })
  }))

test('When the table refuses every batch, the sync returns to the queue and succeeds when delivered again', () =>
  withTable(2, {}, async ({ bench, table }) => {
    bench.change()
    table.state.decide = (operation) => (operation === 'BatchWriteItem' ? 'break' : 'none')
    const before = table.state.requests
    const message = { integrationId: bench.id, syncId: bench.api.dependencies.newId() }
    await expect(bench.deliver(message, 1)).rejects.toThrow('Misbehaving.')
    // Six attempts of each of four batches side by side, and what surrounds them.
    expect(table.state.requests - before).toBeLessThanOrEqual(4 * 6 + 20)
    table.state.decide = () => 'none'
    await bench.deliver(message, 2)
    bench.modelSync(message.syncId)
    // Batches that were refused could still arrive, so the next sync compares again.
    bench.model.recordedSyncId = null
    await bench.compare()
    await expectRecord(bench, table)
  }))

test('A person with 1,200 models on one day is stored, shown and removed again', () =>
  withTable(3, { size: 3 }, async ({ bench, table }) => {
    const [person] = bench.organization.people
    const before = bench.organization.usage
    bench.organization.usage = [...before, ...manyModels(person?.id ?? null, 1_200)]
    bench.show(bench.organization)
    expect(await bench.sync(bench.organization)).toMatchObject({ code: null })
    await expectRecord(bench, table)
    bench.organization.usage = before
    bench.show(bench.organization)
    expect(await bench.sync(bench.organization)).toMatchObject({ code: null })
    await expectRecord(bench, table)
  }))

test('A person with more models on one day than fit into an item is shown, and each delivery fails to write the record', () =>
  withTable(4, { size: 3 }, async ({ bench, table }) => {
    const { people } = bench.organization
    const usage = manyModels(people[0]?.id ?? null, 4_000)
    bench.show({ people, usage })
    const message = { integrationId: bench.id, syncId: bench.api.dependencies.newId() }
    for (const delivery of [1, 2, 3]) {
      await expect(bench.deliver(message, delivery)).rejects.toThrow('more than an item can hold')
      if (delivery === 1) bench.modelSync(message.syncId, { people, usage })
      // Until its record is written, the items equal no sync.
      bench.model.recordedSyncId = null
      await bench.compare()
    }
    await bench.recover()
    await expectRecord(bench, table)
  }))

test('A snapshot of many parts loses nobody when the table misbehaves', () =>
  withTable(5, { size: 2_400 }, async ({ bench, table, draw }) => {
    table.state.decide = faultsOf(['throttle', 'lose', 'halve'], draw)
    bench.change()
    expect(await bench.sync(bench.organization)).toMatchObject({ code: null })
    const { published } = await bench.api.dependencies.integrations.getIntegration(bench.id)
    expect(published?.dataSets.directory.parts).toBeGreaterThan(1)
    await expectRecord(bench, table)
  }))

interface Bench {
  readonly bench: SyncedBench
  readonly table: FaultyTable
  readonly draw: Draw
}

async function withTable(round: number, options: Misbehaviour, use: (bench: Bench) => Promise<void>): Promise<void> {
  const table = await startFaultyTable()
  const bench = await startSynced(seed, round, { ...options, startTable: async () => table })
  try {
    await use({ bench, table, draw: new Draw(randomFrom(seed, round, 2)) })
  } finally {
    totals.faults += table.state.faults
    totals.requests += table.state.requests
    await bench.close()
  }
}

/** One request in ten, and never more than three in a row: the SDK gives a request up after the sixth attempt. */
function faultsOf(kinds: readonly TableFault[], draw: Draw): () => TableFault {
  let inARow = 0
  return () => {
    inARow = inARow < 3 && draw.chance(0.1) ? inARow + 1 : 0
    return inARow > 0 ? draw.pick(kinds) : 'none'
  }
}

function manyModels(userId: string | null, models: number) {
  return Array.from({ length: models }, (_, index) => ({
    day: '2026-11-23',
    userId,
    model: `ft:gpt-5-mini:acme:fine-tuned-${index}`,
    requests: index,
    inputTokens: index * 10,
    cachedInputTokens: index,
    outputTokens: 1,
  }))
}
