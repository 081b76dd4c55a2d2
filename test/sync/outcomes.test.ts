import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { purgeIntegration } from '../../functions/sync/purge-integration.ts'
import { runSync } from '../../functions/sync/run-sync.ts'
import type { KeysItem } from '../../shared/data-sets/keys/keys.ts'
import { OutcomeRepository } from '../../shared/storage/outcomes.ts'
import { ORG } from '../builders.ts'
import { aKey, PROJECT } from '../data-sets/keys/a-key.ts'
import { type SentCommand, tableThrough } from '../fakes/faulty-client.ts'
import { anOutcome } from '../reviews/an-outcome.ts'
import { listed, startSyncBench, type SyncBench, used } from './sync-bench.ts'

const DAY = '2026-11-24'
const LEASE_MS = 900_000
const MINUTE_MS = 60_000

let bench: SyncBench
beforeEach(async () => {
  bench = await startSyncBench({ windowDays: 2, optionalDataSets: ['keys'] })
  setMembers('ana', 'bob')
  bench.organization.rows = [used('ana', DAY, 5)]
  bench.organization.items = { keys: [aKey('key_1')] }
  await bench.sync()
  await bench.dependencies.outcomes.putPending([member('bob'), key('key_1')])
})
afterEach(() => bench.close())

function setMembers(...userIds: string[]): void {
  bench.organization.people = userIds.map((userId) => listed(userId, userId === 'ana' ? { role: 'owner' } : {}))
}

function setKeys(...items: KeysItem[]): void {
  bench.organization.items = { keys: items }
}

function member(id: string) {
  return anOutcome({ integrationId: ORG, itemId: id, subject: { kind: 'member', id, label: id, projectId: null } })
}

function key(id: string) {
  return anOutcome({ integrationId: ORG, itemId: id, subject: { kind: 'key', id, label: id, projectId: PROJECT.id } })
}

/** The state of each outcome by its subject, and the sync that found it. */
async function stored() {
  const outcomes = await bench.dependencies.outcomes.listOutcomesOf(ORG)
  return Object.fromEntries(outcomes.map(({ itemId, state, found }) => [itemId, [state, found?.syncId ?? null]]))
}

/** Syncs an hour later. Returns the id of the sync. */
async function syncLater(): Promise<string> {
  bench.advance(60 * MINUTE_MS)
  const syncId = bench.nextId()
  expect(await bench.sync({ syncId })).toBe('succeeded')
  return syncId
}

/** The dependencies of a run whose commands pass an interceptor. */
function dependenciesThrough(intercept: Parameters<typeof tableThrough>[1]) {
  return { ...bench.dependencies, outcomes: new OutcomeRepository(tableThrough(bench.table, intercept)) }
}

const isOutcomeWrite = ({ name, input }: SentCommand) =>
  name === 'PutCommand' && JSON.stringify(input['Item']).includes('"OUTCOMES"')

test('A sync that reads the same leaves removals pending, and writes nothing about them', async () => {
  const before = await bench.dependencies.outcomes.listOutcomes()
  await syncLater()
  expect(await bench.dependencies.outcomes.listOutcomes()).toEqual(before)
})

test('The sync that finds a removal done stores that, with its id and the time of its publication', async () => {
  setMembers('ana')
  const first = await syncLater()
  expect(await stored()).toEqual({ bob: ['done', first], key_1: ['pending', null] })
  const [outcome] = await bench.dependencies.outcomes.listOutcomesOf(ORG)
  expect(outcome?.found?.at).toBe(bench.clock.now.toISOString())
  expect((await bench.integration()).lastSync?.finishedAt).toBe(outcome?.found?.at)
  setKeys()
  const second = await syncLater()
  expect(await stored()).toEqual({ bob: ['done', first], key_1: ['done', second] })
})

test('Outcomes take a sync one query, and a write for each that changes', async () => {
  const sent: string[] = []
  const counting = dependenciesThrough(async ({ name }, forward) => {
    sent.push(name)
    return forward()
  })
  const run = () => {
    bench.advance(60 * MINUTE_MS)
    const message = { kind: 'sync', integrationId: ORG, syncId: bench.nextId(), trigger: 'schedule' } as const
    return runSync({ ...message, deliveryCount: 1 }, counting)
  }
  expect(await run()).toBe('succeeded')
  expect(sent.splice(0)).toEqual(['QueryCommand'])
  setMembers('ana')
  expect(await run()).toBe('succeeded')
  expect(sent).toEqual(['QueryCommand', 'PutCommand'])
})

test('A removal that was carried out before the review was completed is found by a sync that reads nothing new', async () => {
  setMembers('ana')
  await syncLater()
  await bench.dependencies.outcomes.putPending([{ ...member('bob'), reviewId: 'LATER', itemId: 'again' }])
  const second = await syncLater()
  expect((await bench.integration()).lastSync?.dataSets['directory']).toMatchObject({ unchanged: true })
  expect(await stored()).toMatchObject({ again: ['done', second] })
  expect(await bench.integration()).toMatchObject({ lease: null, record: { syncId: second } })
})

test('Somebody who comes back after a sync found them gone has returned, and is done when they go again', async () => {
  setMembers('ana')
  await syncLater()
  setMembers('ana', 'bob')
  const back = await syncLater()
  expect(await stored()).toMatchObject({ bob: ['returned', back] })
  await syncLater()
  expect(await stored()).toMatchObject({ bob: ['returned', back] })
  bench.organization.people = [listed('ana', { role: 'owner' }), listed('bob', { accountStatus: 'disabled' })]
  const gone = await syncLater()
  expect(await stored()).toMatchObject({ bob: ['done', gone] })
})

describe('What a sync did not read proves nothing:', () => {
  const failing = () => Promise.reject(new Error('The keys cannot be read.'))

  test('keys that it could not read', async () => {
    const reader = bench.organization.lists['keys']
    if (reader === undefined) throw new Error('There is no reader of keys.')
    bench.organization.lists['keys'] = { ...reader, read: failing }
    setKeys()
    await syncLater()
    expect(await stored()).toMatchObject({ key_1: ['pending', null] })
    bench.organization.lists['keys'] = reader
    const second = await syncLater()
    expect(await stored()).toMatchObject({ key_1: ['done', second] })
    bench.organization.lists['keys'] = { ...reader, read: failing }
    await syncLater()
    expect(await stored()).toMatchObject({ key_1: ['done', second] })
  })

  test('keys of a project that it could not read', async () => {
    setKeys({ kind: 'unread', project: PROJECT, code: 'insufficient_permissions', readAt: null })
    await syncLater()
    expect(await stored()).toMatchObject({ key_1: ['pending', null] })
    setKeys()
    const second = await syncLater()
    expect(await stored()).toMatchObject({ key_1: ['done', second] })
  })

  test('a sync that failed', async () => {
    setMembers('ana')
    setKeys()
    bench.organization.failsWith = 'invalid_admin_key'
    bench.advance(60 * MINUTE_MS)
    expect(await bench.sync()).toBe('failed')
    expect(await stored()).toEqual({ bob: ['pending', null], key_1: ['pending', null] })
  })

  test('a listing that was not believed', async () => {
    bench.organization.people = []
    bench.advance(60 * MINUTE_MS)
    expect(await bench.sync()).toBe('failed')
    expect(await stored()).toMatchObject({ bob: ['pending', null] })
  })
})

test('Outcomes of other integrations stay as they are', async () => {
  const other = { ...member('bob'), integrationId: '01K0000000000000000000ORG1' }
  await bench.dependencies.outcomes.putPending([other])
  setMembers('ana')
  await syncLater()
  expect(await bench.dependencies.outcomes.listOutcomesOf(other.integrationId)).toEqual([{ ...other, revision: 0 }])
})

test('What a killed run published is stored by the next sync, also by one that cannot read', async () => {
  setMembers('ana')
  bench.advance(60 * MINUTE_MS)
  const syncId = bench.nextId()
  const message = { kind: 'sync', integrationId: ORG, syncId, trigger: 'schedule', deliveryCount: 1 } as const
  const dying = dependenciesThrough(async (command, forward) => {
    if (isOutcomeWrite(command)) throw new Error('killed')
    return forward()
  })
  await expect(runSync(message, dying)).rejects.toThrow('killed')
  expect(await stored()).toMatchObject({ bob: ['pending', null] })
  bench.advance(LEASE_MS)
  bench.organization.failsWith = 'provider_unreachable'
  expect(await bench.sync()).toBe('failed')
  expect(await stored()).toEqual({ bob: ['done', syncId], key_1: ['pending', null] })
})

test('A run that lost its lease cannot set what it found over what a later sync found', async () => {
  setMembers('ana')
  bench.advance(60 * MINUTE_MS)
  const reached = Promise.withResolvers<void>()
  const landing = Promise.withResolvers<void>()
  const late = dependenciesThrough(async (command, forward) => {
    if (!isOutcomeWrite(command)) return forward()
    reached.resolve()
    await landing.promise
    return forward()
  })
  const message = { kind: 'sync', integrationId: ORG, syncId: bench.nextId(), trigger: 'schedule' } as const
  const ended = runSync({ ...message, deliveryCount: 1 }, late).catch((error: unknown) => error)
  await reached.promise
  bench.advance(LEASE_MS)
  setMembers('ana', 'bob')
  expect(await bench.sync()).toBe('succeeded')
  expect(await stored()).toMatchObject({ bob: ['pending', null] })
  landing.resolve()
  expect(await ended).toMatchObject({ name: 'LeaseEndingError' })
  expect(await stored()).toMatchObject({ bob: ['pending', null] })
})

describe('When an integration is deleted', () => {
  beforeEach(async () => {
    setKeys()
    await syncLater()
    await bench.dependencies.integrations.updateIntegration(ORG, (current) => ({ ...current, lifecycle: 'deleting' }))
  })

  test('its purge makes removals that no sync found unknown, and keeps what was done', async () => {
    const { key_1: done } = await stored()
    expect(await purgeIntegration(ORG, bench.dependencies)).toBe('purged')
    expect(await stored()).toEqual({ bob: ['unknown', null], key_1: done })
    expect(done?.[0]).toBe('done')
  })

  test('a purge that is killed can be repeated', async () => {
    const dying = dependenciesThrough(async (command, forward) => {
      const reply = await forward()
      if (isOutcomeWrite(command)) throw new Error('killed')
      return reply
    })
    await expect(purgeIntegration(ORG, dying)).rejects.toThrow('killed')
    expect(await purgeIntegration(ORG, bench.dependencies)).toBe('purged')
    expect(await stored()).toMatchObject({ bob: ['unknown', null] })
  })
})
