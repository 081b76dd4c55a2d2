import { afterEach, beforeEach, expect, test } from '@jest/globals'
import * as z from 'zod'
import type { AddedEntry } from '../../local/simulated-openai/audit-log.ts'
import { DEFAULT_DATA_SETS } from '../../shared/providers/find-provider.ts'
import { handleMessage } from '../../functions/sync/handle-message.ts'
import { type OrganizationBench, startOrganizationBench } from '../histories/organization-bench.ts'
import { rowsOf } from '../api/parse-csv.ts'
import { itemsOf } from '../api/stored-items.ts'

/* Sign-ins from the simulated audit log over HTTP to the answers. */

const NOW = new Date('2026-11-24T12:00:00.000Z')
const HOUR_MS = 3_600_000
const HOUR = 3_600
const DAY = 86_400
const now = NOW.getTime() / 1000
/** With them these entries are more than two syncs read. */
const SMALL_PAGES = { pageSizeAtMost: 5 }
const ENTRIES = 240
const SYNCS_AT_MOST = 8
const WINDOW = { from: '2026-09-26', to: '2026-11-24' }
const USAGE = { model: 'gpt-5', requests: 4, inputTokens: 10, cachedInputTokens: 1, outputTokens: 2 }

let bench: OrganizationBench
let id: string
beforeEach(async () => {
  bench = await startOrganizationBench({ now: NOW })
  const { company } = bench.openAi
  company.replaceAll(['ana', 'bob', 'cyn'].map((name) => ({ id: name, role: 'owner', email: `${name}@acme.example` })))
  company.replaceUsage([{ ...USAGE, day: '2026-11-20', userId: 'ana' }])
  company.auditLog.replaceAll([])
  switchOn()
})
afterEach(() => bench.close())

const log = (...entries: AddedEntry[]) => bench.openAi.company.auditLog.add(...entries)
const get = async (path: string) => (await bench.api.request('GET', `/integrations/${id}${path}`)).body
const auditRequests = () => bench.openAi.requests.filter(({ path }) => path.endsWith('/audit_logs'))

function switchOn(optionalDataSets: readonly string[] = ['logins']): void {
  Object.assign(bench.api.dependencies, { optionalDataSets })
}

async function connect(): Promise<void> {
  ;({ id } = await bench.connect())
  await bench.api.drain()
}

async function syncLater(hours = 1): Promise<void> {
  bench.clock.now = new Date(bench.clock.now.getTime() + hours * HOUR_MS)
  await bench.api.scheduledSync(id)
}

/** What is new is read first: of several syncs, each covers more. */
async function syncUntilAllIsKnown(): Promise<void> {
  let syncs = 0
  for (; (await state())?.['from'] !== WINDOW.from && syncs < SYNCS_AT_MOST; syncs += 1) await syncLater()
  expect(syncs).toBeGreaterThan(1)
  expect(await state()).toMatchObject(WINDOW)
}

const integrationSchema = z.looseObject({ dataSets: z.array(z.looseObject({ id: z.string() })) })
const usersSchema = z.looseObject({
  items: z.array(z.looseObject({ id: z.string(), lastLoginOn: z.string().nullable() })),
})

/** What the integration says of the data set. */
async function state() {
  return integrationSchema.parse(await get('')).dataSets.find((dataSet) => dataSet.id === 'logins')
}

async function lastLogins() {
  const { items } = usersSchema.parse(await get('/users'))
  return Object.fromEntries(items.map(({ id: userId, lastLoginOn }) => [userId, lastLoginOn]))
}

test('Unless they are switched on, nobody asks for the audit log, and they were never read, without any problem', async () => {
  switchOn(DEFAULT_DATA_SETS)
  log({ userId: 'ana', at: now - HOUR })
  await bench.api.request('POST', '/key-checks', {
    json: { provider: 'openai', adminApiKey: bench.openAi.adminKey },
  })
  await connect()
  expect(auditRequests()).toEqual([])
  expect(await state()).toMatchObject({ state: 'never_read', problem: null, syncedAt: null, from: null, to: null })
  expect(await lastLogins()).toEqual({ ana: null, bob: null, cyn: null })
})

test('Users have the day of their last sign-in, in lists, alone and as CSV; null if none is known', async () => {
  log({ userId: 'ana', at: now - 3 * DAY }, { userId: 'ana', at: now - 9 * DAY }, { userId: 'bob', at: now - 59 * DAY })
  await connect()
  expect(await lastLogins()).toEqual({ ana: '2026-11-21', bob: '2026-09-26', cyn: null })
  expect(await get('/users/ana')).toMatchObject({ id: 'ana', lastLoginOn: '2026-11-21' })
  const { text } = await bench.api.request('GET', `/integrations/${id}/users?format=csv`)
  expect(rowsOf(text).map((row) => row['lastLoginOn'])).toEqual(['2026-11-21', '2026-09-26', ''])
  expect(await state()).toMatchObject({ state: 'current', problem: null, ...WINDOW })
})

test('A sign-in is no use: it changes neither license nor last activity, and is no source of use', async () => {
  log({ userId: 'bob', at: now - HOUR })
  await connect()
  expect(await get('/users/bob')).toMatchObject({
    license: 'unused',
    lastActiveOn: null,
    lastActivitySource: null,
    lastLoginOn: '2026-11-24',
  })
  expect(await get('/users')).toMatchObject({ sources: ['usage'] })
  expect(await get('/licenses')).toMatchObject({ sources: ['usage'], activePeople: { today: 0 } })
})

test('What twenty pages do not reach, later syncs read: the integration says since when sign-ins are known', async () => {
  const ofBob = Array.from({ length: ENTRIES }, (_, index) => ({ userId: 'bob', at: now - 1 - index * 20_000 }))
  bench.openAi.set(SMALL_PAGES)
  log(...ofBob, { userId: 'cyn', at: now - 57 * DAY })
  await connect()
  const first = await state()
  expect(auditRequests().length).toBeLessThanOrEqual(20 + 1)
  expect(first).toMatchObject({ state: 'current', to: WINDOW.to })
  expect(String(first?.['from']) > WINDOW.from).toBe(true)
  expect(await lastLogins()).toEqual({ ana: null, bob: '2026-11-24', cyn: null })
  await syncUntilAllIsKnown()
  expect(await lastLogins()).toEqual({ ana: null, bob: '2026-11-24', cyn: '2026-09-28' })
})

test('While less than a day of sign-ins is known, the integration says so, and nothing of days', async () => {
  const ofBob = Array.from({ length: ENTRIES }, (_, index) => ({ userId: 'bob', at: now - 1 - index * 80 }))
  bench.openAi.set(SMALL_PAGES)
  log(...ofBob, { userId: 'cyn', at: now - 11 * HOUR })
  await connect()
  expect(await state()).toMatchObject({ state: 'current', problem: null, from: null, to: null })
  expect(await lastLogins()).toEqual({ ana: null, bob: '2026-11-24', cyn: null })
  await syncUntilAllIsKnown()
  expect(await lastLogins()).toEqual({ ana: null, bob: '2026-11-24', cyn: '2026-11-24' })
})

test('A sync that is killed before it publishes leaves what was covered, and the next one reads the same', async () => {
  log({ userId: 'ana', at: now - 3 * DAY })
  await connect()
  log({ userId: 'ana', at: now + HOUR / 2 })
  bench.clock.now = new Date(NOW.getTime() + HOUR_MS)
  const before = await state()
  const { dependencies } = bench.api
  const message = { kind: 'sync', integrationId: id, syncId: dependencies.newId(), trigger: 'schedule' } as const
  const { snapshots } = dependencies
  const killed = new Error('killed')
  const dying = Object.assign(Object.create(snapshots) as typeof snapshots, {
    writeItems: async () => Promise.reject(killed),
  })
  await expect(handleMessage(message, 1, { ...dependencies, snapshots: dying })).rejects.toBe(killed)
  expect([await state(), await lastLogins()]).toMatchObject([before, { ana: '2026-11-21' }])
  expect(await handleMessage(message, 2, dependencies)).toBe('succeeded')
  expect(await lastLogins()).toMatchObject({ ana: '2026-11-24' })
})

test('Sign-ins before the window go, and nothing is written for a sync without new ones', async () => {
  log({ userId: 'bob', at: now - 59 * DAY }, { userId: 'ana', at: now - 2 * DAY })
  await connect()
  await syncLater()
  expect(await get('/syncs')).toMatchObject({
    items: [{ dataSets: [{}, {}, { id: 'logins', outcome: 'unchanged' }] }, {}],
  })
  await syncLater(24)
  expect(await lastLogins()).toEqual({ ana: '2026-11-22', bob: null, cyn: null })
  expect(await state()).toMatchObject({ from: '2026-09-27', to: '2026-11-25' })
})

test('An audit log without sign-ins is unavailable, and the text says who can switch it on, and not off again', async () => {
  bench.openAi.set({ auditLogOff: true })
  await connect()
  const found = await state()
  expect(found).toMatchObject({ state: 'unavailable', problem: { code: 'data_set_unavailable' }, syncedAt: null })
  expect(JSON.stringify(found)).toMatch(/an Organization Owner has to switch it on.*cannot switch it off again/)
  bench.openAi.set({ auditLogOff: false })
  log({ userId: 'ana', at: now })
  await syncLater()
  expect(await state()).toMatchObject({ state: 'current', problem: null })
})

test('A key that may not read the audit log keeps what was read, and is told the permission', async () => {
  log({ userId: 'ana', at: now - 2 * DAY })
  await connect()
  bench.openAi.set({ auditLogRefused: 403 })
  await syncLater()
  const found = await state()
  expect(found).toMatchObject({ state: 'not_permitted', syncedAt: NOW.toISOString() })
  expect(JSON.stringify(found)).toContain('api.audit_logs.read')
  expect(await lastLogins()).toMatchObject({ ana: '2026-11-22' })
  expect(await get('')).toMatchObject({ state: 'connected', lastSync: { state: 'succeeded' } })
})

test('Once switched off, nothing of them is shown or stored', async () => {
  log({ userId: 'ana', at: now - 2 * DAY })
  await connect()
  const parts = async () => (await itemsOf(bench.api.table, id)).filter((key) => key.includes('#logins.'))
  expect(await parts()).toHaveLength(1)
  switchOn([])
  await syncLater()
  await syncLater()
  expect(await parts()).toEqual([])
  expect(await state()).toMatchObject({ state: 'never_read', problem: null, from: null, to: null })
  expect(await lastLogins()).toMatchObject({ ana: null })
})
