import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { handleMessage } from '../../functions/sync/handle-message.ts'
import { aKey, owner } from '../data-sets/keys/a-key.ts'
import { type KeysBench, startKeysBench } from './keys-bench.ts'

let bench: KeysBench
beforeEach(async () => {
  bench = await startKeysBench()
})
afterEach(() => bench.close())

describe('A key whose owner', () => {
  test.each([
    ['is active', {}, 'active', []],
    ['is disabled', { accountStatus: 'disabled' }, 'disabled', ['leaver_key']],
    ['is banned', { accountStatus: 'banned' }, 'disabled', ['leaver_key']],
  ] as const)('%s', async (_, overrides, status, findings) => {
    const organization = bench.organization()
    organization.people = organization.people.map((person) =>
      person.userId === 'bob' ? { ...person, ...overrides } : person,
    )
    await bench.connectWith(aKey('key_1', { owner: owner('bob') }))
    expect((await bench.keysOf()).items[0]).toMatchObject({ owner: { status }, findings })
  })

  test('was removed, or never listed, is a leaver’s, also while it is inactive, until it expires', async () => {
    await bench.connectWith(
      aKey('left', { owner: owner('bob') }),
      aKey('unknown', { owner: owner('nobody') }),
      aKey('inactive', { owner: owner('bob'), isActive: false }),
      aKey('expired', { owner: owner('bob'), expiresAt: '2026-11-24T12:00:00.000Z' }),
      aKey('bot', { owner: owner('svc_acct_1', 'service_account') }),
    )
    bench.organization().people = bench.organization().people.filter(({ userId }) => userId !== 'bob')
    await bench.syncLater()
    const { items } = await bench.keysOf('?sort=name')
    expect(items.map((key) => [key.id, key.status, key.owner?.['status'], key.findings])).toEqual([
      ['bot', 'active', 'not_listed', []],
      ['expired', 'expired', 'removed', []],
      ['inactive', 'inactive', 'removed', ['leaver_key']],
      ['left', 'active', 'removed', ['leaver_key']],
      ['unknown', 'active', 'not_listed', ['leaver_key']],
    ])
  })
})

test('Findings begin on the day after their thresholds, and only active keys have those of age and owner', async () => {
  const [thirtyDays, year, window] = ['2026-10-25', '2025-11-24', '2026-09-26']
  const [before, beforeYear] = ['2026-10-24', '2025-11-23']
  const at = (day: string) => `${day}T23:59:59.000Z`
  const never = { lastUsedOn: null, expiresAt: '2027-01-01T00:00:00.000Z' }
  await bench.connectWith(
    aKey('unowned', { owner: null }),
    aKey('unowned inactive', { owner: null, isActive: false }),
    aKey('30 days', { ...never, createdAt: at(thirtyDays) }),
    aKey('31 days', { ...never, createdAt: at(before) }),
    aKey('31 days inactive', { ...never, createdAt: at(before), isActive: false }),
    aKey('31 days, use unknown', { ...never, createdAt: at(before), isUseKnown: false }),
    aKey('unknown age', { ...never, createdAt: null }),
    aKey('used in window', { ...never, createdAt: at(before), lastUsedOn: window }),
    aKey('used before', { ...never, createdAt: at(before), lastUsedOn: '2026-09-25' }),
    aKey('a year', { createdAt: at(year) }),
    aKey('over a year', { createdAt: at(beforeYear) }),
    aKey('over a year, expiring', { createdAt: at(beforeYear), expiresAt: '2027-01-01T00:00:00.000Z' }),
  )
  const { items } = await bench.keysOf()
  expect(Object.fromEntries(items.map((key) => [key.id, key.findings]))).toEqual({
    unowned: ['ownerless_key'],
    'unowned inactive': [],
    '30 days': [],
    '31 days': ['stale_key'],
    '31 days inactive': [],
    '31 days, use unknown': [],
    'unknown age': [],
    'used in window': [],
    'used before': ['stale_key'],
    'a year': [],
    'over a year': ['eternal_key'],
    'over a year, expiring': [],
  })
})

describe('The last use of a key is evidence of its owner’s use:', () => {
  const cyn = async () => (await bench.get('/users/cyn')).body as Record<string, unknown>

  test('who used nothing else is active, and their license in use', async () => {
    await bench.connectWith(aKey('key_1', { owner: owner('cyn'), lastUsedOn: '2026-11-19' }))
    expect(await cyn()).toMatchObject({ license: 'in_use', lastActiveOn: '2026-11-19', lastActivitySource: 'api_key' })
    expect((await bench.get('/licenses')).body).toMatchObject({
      sources: ['usage', 'other_usage', 'keys'],
      licenses: { inUse: 3, unused: 0 },
    })
    expect((await bench.get('')).body).toMatchObject({ counts: { inUse: 3, unused: 0 } })
  })

  test('also of a key of the whole organization', async () => {
    await bench.connectWith(
      aKey('key_1', { kind: 'workspace', project: null, owner: owner('cyn'), lastUsedOn: '2026-11-19' }),
    )
    expect(await cyn()).toMatchObject({ license: 'in_use', lastActiveOn: '2026-11-19', lastActivitySource: 'api_key' })
  })

  test('except for Admin keys, one of which is Rollcall’s own', async () => {
    await bench.connectWith(aKey('key_1', { kind: 'admin', project: null, owner: owner('cyn') }))
    expect(await cyn()).toMatchObject({ license: 'unused', lastActiveOn: null })
  })

  test('without the keys it is not known, and the sources say so', async () => {
    await bench.connectWith(aKey('key_1', { owner: owner('cyn') }))
    const message = {
      kind: 'sync',
      integrationId: bench.id(),
      syncId: bench.dependencies.newId(),
      trigger: 'schedule',
    } as const
    bench.advance(3_600_000)
    await handleMessage(message, 1, { ...bench.dependencies, optionalDataSets: ['invites'] })
    expect(await cyn()).toMatchObject({ license: 'unused', lastActiveOn: null })
    expect((await bench.get('/licenses')).body).toMatchObject({ sources: ['usage'] })
  })
})
