import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { countFindings } from '../../functions/api/findings/read-findings.ts'
import { reportFindings } from '../../functions/api/findings/report-findings.ts'
import { createIndexes } from '../../functions/api/indexes.ts'
import { cleanUp } from '../../functions/api/integrations/clean-up.ts'
import { findingListSchema, findingSchema } from '../../shared/contracts/findings-contract.ts'
import { FINDING_TYPES } from '../../shared/domain/finding.ts'
import { AcceptanceRepository } from '../../shared/storage/acceptances.ts'
import { aKey, owner } from '../data-sets/keys/a-key.ts'
import { listed, used } from '../sync/sync-bench.ts'
import { KEY } from './api-bench.ts'
import { REVIEWER } from './api-event.ts'
import { type KeysBench, startKeysBench } from './keys-bench.ts'

const DAY_MS = 86_400_000

let bench: KeysBench
/** Of the leaver's key. */
let path: string
let findingId: string
beforeEach(async () => {
  bench = await startKeysBench({ windowDays: 7 })
  bench.organization(KEY).people = [listed('ana', { role: 'owner' }), listed('leaver')]
  bench.organization(KEY).rows = ['ana', 'leaver'].map((userId) => used(userId, '2026-11-24', 5))
  await bench.connectWith(leaversKey())
  bench.organization(KEY).people = [listed('ana', { role: 'owner' })]
  await bench.syncLater()
  const [finding] = (await findings()).items
  findingId = finding?.id ?? ''
  path = `/findings/${findingId}/acceptance`
})
afterEach(() => bench.close())

const leaversKey = (lastUsedOn = '2026-11-20') => aKey('k', { owner: owner('leaver'), lastUsedOn })
const findings = async (query = '') => findingListSchema.parse((await bench.request('GET', `/findings${query}`)).body)
const states = async () => (await findings('?state=any')).items.map(({ severity, state }) => `${severity} ${state}`)
const accept = (json: unknown = { reason: 'It moves next week.' }) =>
  bench.request('PUT', path, { json, claims: REVIEWER })
const stored = () => bench.dependencies.acceptances.listAcceptances()

test('A reviewer accepts a finding: it leaves the open ones, with who, why and when', async () => {
  const { status, body } = await accept()
  expect(status).toBe(200)
  expect(findingSchema.parse(body)).toMatchObject({
    state: 'accepted',
    accepted: {
      reason: 'It moves next week.',
      until: null,
      by: { subject: 'reviewer-1', name: 'Ria' },
      at: '2026-11-24T13:00:00.000Z',
    },
  })
  expect((await findings()).items).toEqual([])
  expect((await findings('?state=accepted')).items).toEqual([body])
})

test('Somebody whose token has no name is known by its subject', async () => {
  const { body } = await bench.request('PUT', path, { json: { reason: 'x' }, claims: { sub: 's-1', role: 'reviewer' } })
  expect(findingSchema.parse(body).accepted?.by).toEqual({ subject: 's-1', name: null })
})

test('Accepted again, the later reason and day count', async () => {
  await accept({ reason: 'First.', until: '2026-12-01' })
  await accept({ reason: 'Second.' })
  expect((await findings('?state=accepted')).items[0]?.accepted).toMatchObject({ reason: 'Second.', until: null })
  expect(await stored()).toHaveLength(1)
})

test('It counts on its last day, and not on the day after', async () => {
  await accept({ reason: 'Until then.', until: '2026-11-25' })
  bench.advance(DAY_MS)
  expect(await states()).toEqual(['medium accepted'])
  bench.advance(DAY_MS)
  expect(await states()).toEqual(['medium open'])
  await cleanUp(bench.dependencies)
  expect(await stored()).toEqual([])
})

test('It ends when the severity rises, and stays when it falls', async () => {
  await accept()
  bench.provider.found = { items: [{ ...leaversKey(), isActive: false }], isComplete: true }
  await bench.syncLater()
  expect(await states()).toEqual(['low accepted'])
  bench.provider.found = { items: [leaversKey('2026-11-25')], isComplete: true }
  await bench.syncLater()
  expect(await states()).toEqual(['high open'])
  await accept()
  expect(await states()).toEqual(['high accepted'])
})

test('A deleted acceptance opens the finding again, and repeating that is harmless', async () => {
  await accept()
  for (const _ of [1, 2]) {
    expect((await bench.request('DELETE', path, { claims: REVIEWER })).status).toBe(204)
    expect(await states()).toEqual(['medium open'])
  }
})

test('What is no finding now cannot be accepted', async () => {
  const put = (id: string) => bench.request('PUT', `/findings/${id}/acceptance`, { json: { reason: 'x' } })
  expect((await put('none')).status).toBe(404)
  expect((await put(findingId.replace('leaver_key', 'stale_key'))).status).toBe(404)
  bench.provider.found = { items: [], isComplete: true }
  await bench.syncLater()
  expect((await put(findingId)).status).toBe(404)
  expect(await stored()).toEqual([])
  const unknown = ['none', `leaver_key.01K0000000000000000000NONE.${'a'.repeat(22)}`]
  for (const id of unknown) expect((await bench.request('DELETE', `/findings/${id}/acceptance`)).status).toBe(404)
})

test('Both are recorded with actor, integration and finding, without the reason', async () => {
  await accept({ reason: 'Sesame.', until: '2026-12-01' })
  await bench.request('DELETE', path, { claims: REVIEWER })
  const { body } = await bench.request('GET', `/audit-events?integrationId=${bench.id()}&limit=2`)
  const by = { actor: { subject: 'reviewer-1', name: 'Ria' }, integrationId: bench.id() }
  const done = { ...by, findingId, outcome: 'succeeded' }
  expect(body).toMatchObject({
    items: [
      { ...done, action: 'reopen_finding', operation: 'reopenFinding', changedFields: [] },
      { ...done, action: 'accept_finding', operation: 'acceptFinding', changedFields: ['reason', 'until'] },
    ],
  })
  expect(JSON.stringify(body)).not.toContain('Sesame')
  // A text of the client's that is no id of a finding is not recorded, nor is there one of other calls.
  await bench.request('DELETE', '/findings/ana@acme.example/acceptance', { claims: REVIEWER })
  await bench.request('PATCH', `/integrations/${bench.id()}`, { json: { name: 'Other' } })
  const others = await bench.request('GET', '/audit-events?limit=2')
  expect(others.body).toMatchObject({
    items: [
      { action: 'edit', findingId: null },
      { action: 'reopen_finding', findingId: null },
    ],
  })
})

test('Acceptances are purged with their integration, and those of others stay', async () => {
  await accept()
  const other = { ...(await stored())[0], findingId: 'other', integrationId: '01K000000000000000000OTHER' }
  await bench.dependencies.acceptances.putAcceptance(Object.assign({}, (await stored())[0], other))
  await bench.request('DELETE', `/integrations/${bench.id()}`)
  expect((await bench.request('DELETE', path)).status).toBe(404)
  await bench.drain()
  expect((await stored()).map((acceptance) => acceptance.findingId)).toEqual(['other'])
  // Its integration does not exist, as after a crash.
  await cleanUp(bench.dependencies)
  expect(await stored()).toEqual([])
})

test('Accepted while its integration is deleted and purged, nothing stays behind', async () => {
  const { acceptances } = bench.dependencies
  const put = acceptances.putAcceptance.bind(acceptances)
  Object.assign(bench.dependencies.acceptances, {
    putAcceptance: async (...args: Parameters<AcceptanceRepository['putAcceptance']>) => {
      await bench.request('DELETE', `/integrations/${bench.id()}`)
      await bench.drain()
      await put(...args)
    },
  })
  expect((await accept()).status).toBe(404)
  expect(await stored()).toEqual([])
})

test('Accepted and reopened at once many times, it ends in one of the two states, whole', async () => {
  const calls = Array.from({ length: 20 }, (_, index) =>
    index % 2 === 0 ? accept({ reason: `Reason ${index}.` }) : bench.request('DELETE', path, { claims: REVIEWER }),
  )
  expect(new Set((await Promise.all(calls)).map(({ status }) => status))).toEqual(new Set([200, 204]))
  const [finding] = (await findings('?state=any')).items
  expect((await stored()).length).toBe(finding?.state === 'accepted' ? 1 : 0)
})

test('Open findings are counted by severity and type, and the high ones are a metric', async () => {
  const indexes = createIndexes(bench.dependencies)
  const none = Object.fromEntries(FINDING_TYPES.map((type) => [type, 0]))
  const nothing = Object.fromEntries(FINDING_TYPES.map((type) => [type, null]))
  const counted = {
    high: 0,
    medium: 1,
    low: 0,
    byType: { ...none, leaver_key: 1 },
    mostSevere: { ...nothing, leaver_key: 'medium' },
  }
  expect(await countFindings(indexes.findings)).toEqual(counted)
  const recorded: unknown[] = []
  const report = () => reportFindings(indexes.findings, (name, value) => recorded.push([name, value]))
  await report()
  bench.provider.found = { items: [leaversKey('2026-11-25')], isComplete: true }
  await bench.syncLater()
  await report()
  await accept()
  await report()
  expect(recorded).toEqual([0, 1, 0].map((value) => ['openHighFindings', value]))
})
