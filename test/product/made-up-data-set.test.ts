import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import * as z from 'zod'
import { refusal, ROWS, startPrintsBench } from './made-up-series.ts'

const { KEY } = await import('../api/api-bench.ts')
const { itemsOf } = await import('../api/stored-items.ts')
const { handleMessage } = await import('../../functions/sync/handle-message.ts')
const { toIntegrationItem } = await import('../../shared/storage/integration-item.ts')

/* An optional data set, from the key check to its end: it never costs an organization its members. */

const HOUR_MS = 3_600_000

let opened: Awaited<ReturnType<typeof startPrintsBench>>
let bench: typeof opened.bench
let id: string
beforeEach(async () => {
  opened = await startPrintsBench()
  ;({ bench, id } = opened)
})
afterEach(() => bench.close())

const get = async (path: string) => bench.request('GET', `/integrations/${id}${path}`)
const body = async (path: string) => (await get(path)).body

const syncSchema = z.looseObject({ dataSets: z.array(z.looseObject({ id: z.string() })) })
const integrationSchema = syncSchema.extend({ lastSync: syncSchema.extend({ id: z.string() }) })
const answerSchema = z.looseObject({
  asOf: z.looseObject({ syncId: z.string() }),
  sources: z.array(z.string()).optional(),
})

/** The integration, with its state of the prints and what the last sync says of them. */
async function ofPrints() {
  const integration = integrationSchema.parse(await body(''))
  const prints = ({ dataSets }: z.output<typeof syncSchema>) => dataSets.find((dataSet) => dataSet.id === 'prints')
  return { integration, state: prints(integration), outcome: prints(integration.lastSync) }
}

async function syncIdOf(path: string): Promise<string> {
  return answerSchema.parse(await body(path)).asOf.syncId
}

async function syncLater(overrides: Partial<typeof bench.dependencies> = {}) {
  const { dependencies } = bench
  bench.advance(HOUR_MS)
  const message = { kind: 'sync', integrationId: id, syncId: dependencies.newId(), trigger: 'schedule' } as const
  await handleMessage(message, 1, { ...dependencies, ...overrides })
  expect(await body('')).toMatchObject({ state: 'connected', lastSync: { state: 'succeeded' } })
}

const printItems = async () => [...(await opened.recordItems()).keys()].filter((key) => key.startsWith('PRINTS#'))
const printParts = async () =>
  (await itemsOf(bench.table, id)).filter((key) => key.startsWith(`SNAPSHOT#${id}#prints.`))

test('It is read with the others, and is current', async () => {
  const { state, outcome, integration } = await ofPrints()
  expect(outcome).toEqual({ id: 'prints', outcome: 'read', rows: 6, problem: null })
  expect(state).toMatchObject({ state: 'current', problem: null, from: '2026-09-26', to: '2026-11-24' })
  expect(await syncIdOf('/prints')).toBe(integration.lastSync.id)
  expect(answerSchema.parse(await body('/users')).sources).toEqual(['usage', 'other_usage', 'prints', 'keys'])
})

test('When it did not change, it is not written again, and is as of the last sync', async () => {
  const before = await printParts()
  opened.bench.organization().rows = []
  await syncLater()
  const { outcome, integration } = await ofPrints()
  expect(outcome).toEqual({ id: 'prints', outcome: 'unchanged', rows: 6, problem: null })
  expect(await printParts()).toEqual(before)
  expect(await syncIdOf('/prints')).toBe(integration.lastSync.id)
})

describe('When it cannot be read', () => {
  test.each([
    ['provider_unreachable', 'failed'],
    ['timed_out', 'failed'],
    ['insufficient_permissions', 'not_permitted'],
    ['data_set_unavailable', 'unavailable'],
  ] as const)('because of %s, it is %s: members and usage are new, and it stays as it was', async (code, expected) => {
    const before = { items: await printItems(), answer: await body('/prints'), syncId: await syncIdOf('/prints') }
    opened.printing.fails = refusal(code)
    bench.organization().people.pop()
    await syncLater()
    const { state, outcome, integration } = await ofPrints()
    const problem = { code, detail: `No prints: ${code}.` }
    expect(outcome).toEqual({ id: 'prints', outcome: expected, rows: 0, problem })
    expect(state).toMatchObject({ state: expected, problem, from: '2026-09-26', to: '2026-11-24' })
    expect(await body('/prints')).toEqual(before.answer)
    expect(await printItems()).toEqual(before.items)
    expect(integration).toMatchObject({ problem: null, recordedSyncId: integration.lastSync.id })
    expect(integration.lastSync).toMatchObject({ removedUsers: 1, written: { printsRows: 0 } })
    expect(await syncIdOf('/users')).toBe(integration.lastSync.id)
    expect(await syncIdOf('/usage')).toBe(integration.lastSync.id)

    opened.printing.fails = null
    await syncLater()
    expect((await ofPrints()).state).toMatchObject({ state: 'current', problem: null })
    expect(await syncIdOf('/prints')).not.toBe(before.syncId)
  })

  test('in the time that required ones left, it timed out', async () => {
    opened.printing.fails = refusal('provider_unreachable')
    opened.printing.takesMs = (bench.dependencies.leaseMs - 60_000) * 0.9
    await syncLater()
    expect((await ofPrints()).outcome).toMatchObject({ outcome: 'failed', problem: { code: 'timed_out' } })
  })

  test('since one of its labels cannot be stored, the others are published and recorded', async () => {
    const before = { items: await printItems(), answer: await body('/prints') }
    const printer = randomBytes(400_000).toString('base64')
    opened.printing.rows = [
      ...ROWS,
      { userId: 'bob', day: '2026-11-24', paper: 'A4', printer, pages: 1, colorPages: 0, price: '0' },
    ]
    bench.organization().people.pop()
    await syncLater()
    const { outcome, integration } = await ofPrints()
    expect(outcome).toMatchObject({ outcome: 'failed', problem: { code: 'internal_error' } })
    expect([await printItems(), await body('/prints')]).toEqual([before.items, before.answer])
    expect(integration).toMatchObject({ recordedSyncId: integration.lastSync.id, lastSync: { removedUsers: 1 } })
  })

  test('because of an error of Rollcall’s own, the sync succeeds all the same', async () => {
    opened.printing.fails = new Error('a bug')
    await syncLater()
    expect((await ofPrints()).outcome).toMatchObject({ outcome: 'failed', problem: { code: 'internal_error' } })
    expect(JSON.stringify(bench.logged)).toContain('An optional data set could not be read.')
  })

  test('since a day with stored activity is left out, it is not believed', async () => {
    opened.printing.rows = ROWS.filter(({ day }) => day !== '2026-11-20')
    opened.printing.daysLeftOut = ['2026-11-20']
    await syncLater()
    expect((await ofPrints()).outcome).toMatchObject({ outcome: 'failed', problem: { code: 'unexpected_reply' } })
    expect(await body('/prints')).toMatchObject({ total: { pages: 47 } })
  })

  test('the last days that were read stay, also when the window moves on', async () => {
    opened.printing.fails = refusal('provider_unreachable')
    for (let day = 0; day < 3; day += 1) {
      bench.advance(24 * HOUR_MS)
      await bench.scheduledSync(id)
    }
    expect(await body('/usage')).toMatchObject({ asOf: { to: '2026-11-27' } })
    expect(await body('/prints')).toMatchObject({ asOf: { to: '2026-11-24' }, total: { pages: 47 } })
    // Use that only newer prints would show is not known.
    expect(answerSchema.parse(await body('/users')).sources).not.toContain('prints')
    opened.printing.fails = null
    await syncLater()
    expect(await body('/prints')).toMatchObject({ asOf: { to: '2026-11-27' }, total: { pages: 47 } })
  })
})

describe('Before it was ever read', () => {
  test('its answers say so, and its people have none of it', async () => {
    opened.printing.fails = refusal('insufficient_permissions')
    bench.organizations.set('sk-admin-other-0000000000000000wxyz', bench.organization(KEY))
    bench.organization().people = bench
      .organization()
      .people.map((person) => ({ ...person, userId: `${person.userId}2` }))
    id = await bench.connected({ name: 'Other', adminApiKey: 'sk-admin-other-0000000000000000wxyz' })
    const refused = await get('/prints')
    expect([refused.status, refused.body]).toMatchObject([
      409,
      { code: 'data_set_not_read', detail: expect.stringContaining('not_permitted') },
    ])
    expect((await get('/users/ana2/prints')).status).toBe(409)
    expect(answerSchema.parse(await body('/users')).sources).toEqual(['usage', 'other_usage', 'keys'])
  })

  test('a key check names the permission that it lacks, and the key is valid', async () => {
    opened.printing.fails = refusal('insufficient_permissions')
    const check = await bench.request('POST', '/key-checks', { json: { provider: 'openai', adminApiKey: KEY } })
    expect(check.body).toMatchObject({
      valid: true,
      checks: [
        { ok: true },
        { ok: true },
        { dataSet: 'other_usage', ok: true },
        { dataSet: 'costs', ok: true },
        { dataSet: 'keys', ok: true },
        { dataSet: 'invites', ok: true },
        { dataSet: 'prints', required: false, ok: false, detail: expect.anything() },
      ],
    })
  })
})

test('Once it is switched off, the next sync removes what was read of it', async () => {
  expect([(await printItems()).length, (await printParts()).length]).toEqual([5, 1])
  await syncLater({ optionalDataSets: ['other_usage'] })
  const { state, outcome } = await ofPrints()
  expect(outcome).toBeUndefined()
  const nothing = { problem: null, syncedAt: null, from: null, to: null, missing: [] }
  expect(state).toEqual({ id: 'prints', state: 'never_read', ...nothing })
  expect((await get('/prints')).status).toBe(409)
  expect(await printItems()).toEqual([])
  // Readers may still use the snapshot until the next sync.
  await syncLater({ optionalDataSets: [] })
  expect(await printParts()).toEqual([])
})

test('A deleted integration leaves nothing of it', async () => {
  await bench.request('DELETE', `/integrations/${id}`)
  await bench.drain()
  expect([await printItems(), await printParts()]).toEqual([[], []])
})

test('With a third data set, and a problem of it, the integration’s item stays within 2 KB', async () => {
  opened.printing.fails = refusal('insufficient_permissions')
  await syncLater()
  const item = toIntegrationItem(await bench.dependencies.integrations.getIntegration(id))
  expect(Buffer.byteLength(JSON.stringify(item))).toBeLessThan(2_048)
})
