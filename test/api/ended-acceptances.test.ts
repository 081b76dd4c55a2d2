import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createIndexes } from '../../functions/api/indexes.ts'
import { cleanUp } from '../../functions/api/integrations/clean-up.ts'
import { findingListSchema } from '../../shared/contracts/findings-contract.ts'
import { aKey, owner } from '../data-sets/keys/a-key.ts'
import { listed, used } from '../sync/sync-bench.ts'
import { KEY } from './api-bench.ts'
import { REVIEWER } from './api-event.ts'
import { type KeysBench, startKeysBench } from './keys-bench.ts'

let bench: KeysBench
beforeEach(async () => {
  bench = await startKeysBench()
  bench.organization(KEY).people = [listed('ana', { role: 'owner' }), listed('bob')]
  bench.organization(KEY).rows = ['ana', 'bob'].map((userId) => used(userId, '2026-11-24', 5))
})
afterEach(() => bench.close())

const findings = async (query = '') =>
  findingListSchema.parse((await bench.request('GET', `/findings?state=any${query}`)).body).items
const states = async () => (await findings()).map(({ type, state }) => `${type} ${state}`)
const stored = () => bench.dependencies.acceptances.listAcceptances()

/** Accepts the only finding. */
async function accept(reason = 'It is known.'): Promise<string> {
  const [finding, ...others] = await findings()
  expect(others).toEqual([])
  const path = `/findings/${finding?.id ?? ''}/acceptance`
  expect((await bench.request('PUT', path, { json: { reason }, claims: REVIEWER })).status).toBe(200)
  return path
}

/** A roster of Ana and these lines. */
async function uploadRoster(...lines: readonly string[]): Promise<void> {
  const raw = ['email,endsOn', 'ana@acme.example,', ...lines].join('\n')
  expect((await bench.request('PUT', '/roster', { raw, headers: { 'content-type': 'text/csv' } })).status).toBe(200)
}

async function failOnce(): Promise<void> {
  bench.organization(KEY).failsWith = 'invalid_admin_key'
  await bench.syncLater()
  bench.organization(KEY).failsWith = null
}

test('Somebody accepted as not listed, who was listed and then left, is open', async () => {
  await bench.connect()
  await uploadRoster()
  await accept('Starts on Monday.')
  await uploadRoster('bob@acme.example,')
  expect(await states()).toEqual([])
  await uploadRoster('bob@acme.example,2026-11-20')
  expect(await states()).toEqual(['not_in_roster open'])
  await accept('Access until Friday.')
  await uploadRoster('bob@acme.example,2026-11-21')
  expect(await states()).toEqual(['not_in_roster open'])
})

test('A problem that was accepted and cured does not hide the next one of the same kind', async () => {
  await bench.connect()
  await failOnce()
  await accept()
  await bench.syncLater()
  expect(await states()).toEqual([])
  await failOnce()
  expect(await states()).toEqual(['integration_problem open'])
})

test('A problem that lasts stays accepted', async () => {
  await bench.connect()
  await failOnce()
  await accept()
  await failOnce()
  await cleanUp(bench.dependencies)
  expect(await states()).toEqual(['integration_problem accepted'])
})

test('A key accepted for one former owner is open for another', async () => {
  await bench.connectWith(aKey('k', { owner: owner('gone') }))
  await accept()
  bench.provider.found = { items: [aKey('k', { owner: owner('also-gone') })], isComplete: true }
  await bench.syncLater()
  expect(await states()).toEqual(['leaver_key open'])
})

test('After the severity rose, the clean-up ends the acceptance, so that a lower one is open again', async () => {
  const keyUsedOn = (lastUsedOn: string) => aKey('k', { owner: owner('bob'), lastUsedOn })
  await bench.connectWith(keyUsedOn('2026-11-20'))
  bench.organization(KEY).people = [listed('ana', { role: 'owner' })]
  await bench.syncLater()
  await accept()
  await cleanUp(bench.dependencies)
  expect(await states()).toEqual(['leaver_key accepted'])
  bench.provider.found = { items: [keyUsedOn('2026-11-25')], isComplete: true }
  await bench.syncLater()
  await cleanUp(bench.dependencies)
  expect(await stored()).toEqual([])
  bench.provider.found = { items: [keyUsedOn('2026-11-20')], isComplete: true }
  await bench.syncLater()
  expect((await findings()).map(({ severity, state }) => `${severity} ${state}`)).toEqual(['medium open'])
})

test('A finding that was gone when the clean-up ran is open when it comes back', async () => {
  const items = [aKey('k', { owner: null })]
  await bench.connectWith(...items)
  await accept()
  bench.provider.found = { items: [], isComplete: true }
  await bench.syncLater()
  await cleanUp(bench.dependencies)
  expect(await stored()).toEqual([])
  bench.provider.found = { items, isComplete: true }
  await bench.syncLater()
  expect(await states()).toEqual(['ownerless_key open'])
})

test('While its data set is not read, or no roster is set, an acceptance stays; its last day ends it all the same', async () => {
  await bench.connectWith(aKey('k', { owner: null }))
  await accept()
  const { optionalDataSets } = bench.dependencies
  Object.assign(bench.dependencies, { optionalDataSets: optionalDataSets.filter((id) => id !== 'keys') })
  await bench.syncLater()
  expect(await states()).toEqual([])
  await uploadRoster()
  await accept()
  await bench.request('DELETE', '/roster')
  expect(await states()).toEqual([])
  await cleanUp(bench.dependencies)
  expect(await stored()).toHaveLength(2)
  await uploadRoster()
  expect(await states()).toEqual(['not_in_roster accepted'])
  Object.assign(bench.dependencies, { optionalDataSets })
  await bench.syncLater()
  expect((await states()).toSorted()).toEqual(['not_in_roster accepted', 'ownerless_key accepted'])
})

test('What is accepted again while the clean-up runs is not deleted', async () => {
  await bench.connectWith(aKey('k', { owner: null }))
  await accept('The first time.')
  bench.provider.found = { items: [], isComplete: true }
  await bench.syncLater()
  const indexes = createIndexes(bench.dependencies)
  const read = indexes.findings.read.bind(indexes.findings)
  Object.assign(indexes.findings, {
    read: async (...args: Parameters<typeof read>) => {
      const result = await read(...args)
      bench.provider.found = { items: [aKey('k', { owner: null })], isComplete: true }
      await bench.syncLater()
      await accept('The second time.')
      return result
    },
  })
  await cleanUp(bench.dependencies, indexes)
  expect((await stored()).map(({ reason }) => reason)).toEqual(['The second time.'])
  expect(await states()).toEqual(['ownerless_key accepted'])
})
