import { describe, expect, test } from '@jest/globals'
import { addDays } from '../../shared/domain/day.ts'
import { DEFAULT_THRESHOLDS } from '../../shared/domain/finding.ts'
import { aPerson, aRow, WINDOW } from '../builders.ts'
import { aKey, owner } from '../data-sets/keys/a-key.ts'
import { type Facts, foundIn, inShort } from './found-in.ts'

const at = (day: string) => `${day}T09:00:00.000Z`
const daysAgo = (count: number) => addDays(WINDOW.to, -count)
const people = [aPerson({ userId: 'ana' }), aPerson({ userId: 'gone', removedAt: at(daysAgo(10)) })]

describe.each(['openai', 'anthropic'])('At %s, of a key', (provider) => {
  const found = (overrides: Parameters<typeof aKey>[1], more: Partial<Facts> = {}) =>
    inShort(foundIn({ provider, people, rows: [aRow({ userId: 'ana' })], keys: [aKey('k', overrides)], ...more }))

  test('that is young, used and owned, nothing is found', () => {
    expect(found({})).toEqual([])
  })

  test('whose owner left, the use after they were removed decides on the severity', () => {
    expect(found({ owner: owner('gone'), lastUsedOn: daysAgo(10) })).toEqual(['medium leaver_key k'])
    expect(found({ owner: owner('gone'), lastUsedOn: daysAgo(9) })).toEqual(['high leaver_key k'])
    expect(found({ owner: owner('gone'), lastUsedOn: daysAgo(20), isActive: false })).toEqual(['low leaver_key k'])
    expect(found({ owner: owner('gone', 'service_account') })).toEqual([])
  })

  test('that has expired, nothing is found', () => {
    expect(found({ owner: owner('gone'), lastUsedOn: daysAgo(20), expiresAt: at(WINDOW.to) })).toEqual([])
    expect(found({ owner: owner('gone'), lastUsedOn: null, expiresAt: at(addDays(WINDOW.to, 1)) })).toEqual([
      'medium leaver_key k',
    ])
  })

  test('without an owner, that is found while it is active', () => {
    expect(found({ owner: null })).toEqual(['medium ownerless_key k'])
    expect(found({ owner: null, isActive: false })).toEqual([])
  })

  test('that was not used in the window, its age decides', () => {
    const unused = { lastUsedOn: addDays(WINDOW.from, -1), createdAt: at(daysAgo(31)) }
    expect(found(unused)).toEqual(['medium stale_key k'])
    expect(found({ ...unused, lastUsedOn: null })).toEqual(['medium stale_key k'])
    expect(found({ ...unused, lastUsedOn: WINDOW.from })).toEqual([])
    expect(found({ ...unused, createdAt: at(daysAgo(30)) })).toEqual([])
    expect(found({ ...unused, createdAt: null })).toEqual([])
    expect(found({ ...unused, isUseKnown: false })).toEqual([])
    expect(found({ ...unused, isActive: false })).toEqual([])
    expect(found(unused, { thresholds: { ...DEFAULT_THRESHOLDS, staleKeyDays: 31 } })).toEqual([])
  })

  test('that never expires, its age decides', () => {
    expect(found({ createdAt: at(daysAgo(366)) })).toEqual(['low eternal_key k'])
    expect(found({ createdAt: at(daysAgo(365)) })).toEqual([])
    expect(found({ createdAt: at(daysAgo(366)), expiresAt: '2027-01-01T00:00:00.000Z' })).toEqual([])
    const thresholds = { ...DEFAULT_THRESHOLDS, eternalKeyDays: 100 }
    expect(found({ createdAt: at(daysAgo(101)) }, { thresholds })).toEqual(['low eternal_key k'])
  })
})

test('The evidence has the key, the cost that of the window, and the action leads to the page of its kind', () => {
  const costRows = [{ day: WINDOW.to, cost: '3', report: 'key', subject: 'k' } as const]
  const keys = [
    aKey('k', { owner: owner('gone'), lastUsedOn: daysAgo(2), name: 'nightly' }),
    aKey('a', { kind: 'admin', project: null, owner: null, name: null }),
  ]
  const found = foundIn({ people, rows: [aRow({ userId: 'ana' })], keys, costRows })
  expect(found).toMatchObject([
    {
      subject: { kind: 'key', id: 'k', label: 'nightly' },
      since: daysAgo(10),
      evidence: { ownerRemovedAt: at(daysAgo(10)), usedAfterRemoval: true, key: { id: 'k', hint: 'wxyz' } },
      cost: { amount: '3', currency: 'USD' },
      action: { url: 'https://platform.openai.com/settings/organization/api-keys' },
    },
    {
      subject: { label: 'a' },
      since: null,
      cost: { amount: '0' },
      action: { url: 'https://platform.openai.com/settings/organization/admin-keys' },
    },
  ])
})

test('Keys of two projects with the same id are two findings, and an id says nothing about its subject', () => {
  const keys = [aKey('k', { owner: null }), aKey('k', { owner: null, project: { id: 'proj_2', name: null } })]
  const ids = foundIn({ people, rows: [aRow({ userId: 'ana' })], keys }).map(({ id }) => id)
  expect(new Set(ids).size).toBe(2)
  for (const id of ids) expect(id).toMatch(/^ownerless_key\.01K0000000000000000000ORG0\.[\w-]{22}$/)
})
