import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import * as z from 'zod'
import type { EarlierItems, ListDataSet } from '../../shared/data-sets/data-set.ts'
import type { Provider } from '../../shared/providers/provider.ts'

/*
 * An optional list is a declaration, a line in the registry, and an entry of the provider that reads it. Reading, comparing,
 * storing and publishing follow. The registries are replaced before anything else is loaded.
 */

interface BadgeItem {
  readonly id: string
  readonly door: string
  /** When the door was read, if that was by an earlier sync. */
  readonly readAt?: string | undefined
  /** Stands for the badges of a door that could not be read. */
  readonly isUnread?: boolean | undefined
}

const badges = {
  kind: 'list',
  id: 'badges',
  itemSchema: z.object({
    id: z.string(),
    door: z.string(),
    readAt: z.string().optional(),
    isUnread: z.boolean().optional(),
  }),
  idOf: ({ id }: BadgeItem) => id,
  complete: (read: readonly BadgeItem[], { items, syncedAt }: EarlierItems<BadgeItem>) => {
    const unread = new Set(read.filter(({ isUnread }) => isUnread).map(({ door }) => door))
    const kept = items.filter(({ door, isUnread }) => unread.has(door) && isUnread !== true)
    return [...read, ...kept.map((badge) => ({ readAt: syncedAt, ...badge }))]
  },
} as const satisfies ListDataSet<BadgeItem>

const { usage } = await import('../../shared/data-sets/usage/usage.ts')
const { directory } = await import('../../shared/data-sets/directory/directory.ts')
jest.unstable_mockModule('../../shared/data-sets/registry.ts', () => ({
  DAY_SERIES: [usage],
  LISTS: [badges],
  DATA_SETS: [directory, usage, badges],
}))
const { openai } = await import('../../shared/providers/openai/openai.ts')
const withBadges: Provider = {
  ...openai,
  dataSets: [
    ...openai.dataSets.filter(({ required }) => required),
    { id: 'badges', required: false, permission: 'badges.read', gives: 'Badges' },
  ],
  advice: (code, dataSet) => (dataSet === 'badges' ? `No badges: ${code}.` : openai.advice(code, dataSet)),
}
jest.unstable_mockModule('../../shared/providers/registry.ts', () => ({ PROVIDERS: [withBadges] }))
const { ProviderError } = await import('../../shared/domain/problem.ts')
const { startApiBench } = await import('../api/api-bench.ts')
const { itemsOf } = await import('../api/stored-items.ts')
const { handleMessage } = await import('../../functions/sync/handle-message.ts')

const HOUR_MS = 3_600_000
const FRONT = { id: '1', door: 'front' }
const BACK = { id: '2', door: 'back' }

let bench: Awaited<ReturnType<typeof startApiBench>>
let id: string
let found: { items: readonly BadgeItem[]; isComplete: boolean } | Error
beforeEach(async () => {
  bench = await startApiBench()
  found = { items: [FRONT, BACK], isComplete: true }
  const read = () => {
    if (found instanceof Error) throw found
    return { ...found, rows: found.items.length }
  }
  bench.organization().lists['badges'] = { check: async () => void read(), read: async () => read() }
  id = await bench.connected()
})
afterEach(() => bench.close())

async function syncLater(overrides: Partial<typeof bench.dependencies> = {}) {
  const { dependencies } = bench
  bench.advance(HOUR_MS)
  const message = { kind: 'sync', integrationId: id, syncId: dependencies.newId(), trigger: 'schedule' } as const
  expect(await handleMessage(message, 1, { ...dependencies, ...overrides })).toBe('succeeded')
}

/** What is published of the badges, and what the integration and its last sync say of them. */
async function published() {
  const { integrations, snapshots } = bench.dependencies
  const integration = await integrations.getIntegration(id)
  const lists: Readonly<Record<string, unknown>> =
    integration.published === null ? {} : await snapshots.readLists(id, integration.published)
  const schema = z.looseObject({ dataSets: z.array(z.looseObject({ id: z.string() })) })
  const { body } = await bench.request('GET', `/integrations/${id}`)
  return {
    items: lists['badges'],
    written: integration.lastSync?.dataSets['badges']?.written,
    state: schema.parse(body).dataSets.find((dataSet) => dataSet.id === 'badges'),
    asOf: integration.published?.dataSets['badges']?.syncId,
    syncId: integration.lastSync?.id,
  }
}

const parts = async () => (await itemsOf(bench.table, id)).filter((key) => key.includes('#badges.'))

test('A list is read, published and stored in a part of its own, and is no item of the record', async () => {
  const { items, written, state, asOf, syncId } = await published()
  expect([items, written, asOf]).toEqual([[FRONT, BACK], 2, syncId])
  expect(state).toMatchObject({ state: 'current', problem: null, to: '2026-11-24' })
  expect(await parts()).toHaveLength(1)
  const others = await itemsOf(bench.table, id)
  expect(others.filter((key) => key.startsWith('BADGES'))).toEqual([])
})

test('An unchanged list is not written again, and is as of the last sync', async () => {
  const before = await parts()
  await syncLater()
  const { written, asOf, syncId, state } = await published()
  expect([written, asOf]).toEqual([0, syncId])
  expect(await parts()).toEqual(before)
  expect(state).toMatchObject({ state: 'current' })
})

test('Each item that came, went or changed counts as written', async () => {
  found = { items: [{ ...FRONT, door: 'side' }, { id: '3', door: 'roof' }, BACK], isComplete: true }
  await syncLater()
  expect(await published()).toMatchObject({ written: 2 })
  found = { items: [], isComplete: true }
  await syncLater()
  expect(await published()).toMatchObject({ items: [], written: 3 })
})

test('A list that could not be read keeps its last reading with its problem, and the sync succeeds', async () => {
  const before = await published()
  found = new ProviderError('insufficient_permissions', 'badges')
  await syncLater()
  const { items, state, asOf } = await published()
  expect([items, asOf]).toEqual([before.items, before.asOf])
  const problem = { code: 'insufficient_permissions', detail: 'No badges: insufficient_permissions.' }
  expect(state).toMatchObject({ state: 'not_permitted', problem })
})

test('A list that was read in part is current, says so, and keeps the rest as of its own time', async () => {
  const unread = { id: 'unread front', door: 'front', isUnread: true }
  found = { items: [unread, BACK], isComplete: false }
  await syncLater()
  const first = await published()
  const readAt = '2026-11-24T12:00:00.000Z'
  expect(first.items).toEqual([unread, BACK, { ...FRONT, readAt }])
  expect(first.state).toMatchObject({ state: 'current', problem: { code: 'partly_read' } })
  await syncLater()
  const second = await published()
  expect([second.items, second.written]).toEqual([first.items, 0])
  found = { items: [FRONT, BACK], isComplete: true }
  await syncLater()
  expect(await published()).toMatchObject({ items: [FRONT, BACK], state: { state: 'current', problem: null } })
})

test('Once it is switched off, it was never read, and the syncs after remove what was stored of it', async () => {
  for (let syncs = 0; syncs < 2; syncs += 1) await syncLater({ optionalDataSets: [] })
  const { items, state } = await published()
  expect([items, state]).toMatchObject([null, { state: 'never_read' }])
  expect(await parts()).toEqual([])
})

test('A deleted integration leaves nothing of it', async () => {
  await bench.request('DELETE', `/integrations/${id}`)
  await bench.drain()
  expect(await parts()).toEqual([])
})
