import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import * as z from 'zod'
import { deriveUsers } from '../../shared/data-sets/directory/directory-user.ts'
import { byPerson } from '../../shared/data-sets/day-series/series-view.ts'
import { aPerson, aRow, aSnapshot, aTable, RULES, WINDOW } from '../builders.ts'
import { listed, used } from '../sync/sync-bench.ts'
import { KEY, startApiBench, type ApiBench } from './api-bench.ts'

/*
 * “By user, usage has a row for each `member`, `service_account` (listed or not), removed person still kept
 * (`former_member`) and `key` (the provider names a key alone), then one for `not_listed` (ids of people that no kept person
 * has) and one for `unattributed` (nobody named), so that the parts always add up to the provider's total.”
 */

const REMOVED = { removedAt: '2026-11-10T00:00:00.000Z' }

describe('A row of usage by user', () => {
  test.each([
    ['of somebody listed is a member’s', [aPerson({ userId: 'u', name: 'Uma' })], 'u', 'member', 'Uma'],
    [
      'of somebody disabled is a member’s',
      [aPerson({ userId: 'u', name: 'Uma', accountStatus: 'disabled' })],
      'u',
      'member',
      'Uma',
    ],
    [
      'of somebody removed and still kept is a former member’s',
      [aPerson({ userId: 'u', name: 'Uma', ...REMOVED })],
      'u',
      'former_member',
      'Uma',
    ],
    [
      'of a listed service account is its own',
      [aPerson({ userId: 'u', kind: 'service_account', name: 'CI' })],
      'u',
      'service_account',
      'CI',
    ],
    [
      'of a removed service account stays its own',
      [aPerson({ userId: 'u', kind: 'service_account', name: 'CI', ...REMOVED })],
      'u',
      'service_account',
      'CI',
    ],
    ['of a service account that was never listed is its own, too', [], 'svc_acct_abc', 'service_account', null],
    ['of a key that the provider names alone is its own', [], 'apikey_abc', 'key', null],
    ['of an id that nobody kept has stands for many', [aPerson({ userId: 'other' })], null, 'not_listed', null],
    [
      'of somebody without an address has their name',
      [aPerson({ userId: 'u', name: 'Uma', email: null })],
      'u',
      'member',
      'Uma',
    ],
  ] as const)('%s', (_title, people, userId, kind, name) => {
    const usage = aTable([aRow({ userId: userId ?? 'stranger' })])
    expect(byPerson(usage, people, WINDOW, RULES)).toMatchObject([{ userId, kind, name, amounts: { requests: 1 } }])
  })

  test('without a user is unattributed', () => {
    const usage = aTable([aRow({ userId: null })])
    expect(byPerson(usage, [aPerson()], WINDOW, RULES)).toMatchObject([{ userId: null, kind: 'unattributed' }])
  })
})

test.each([
  ['an unlisted service account', 'svc_acct_abc', 'no_data'],
  ['a key', 'apikey_abc', 'no_data'],
  ['a person who is not listed', 'stranger', 'unused'],
])('People without usage, beside usage of %s', (_title, userId, license) => {
  const snapshot = aSnapshot([aPerson()], [aRow({ userId })])
  expect(deriveUsers(snapshot, [], RULES)).toMatchObject([{ license }])
})

let bench: ApiBench
let id: string
beforeEach(async () => {
  bench = await startApiBench()
  const organization = bench.organization(KEY)
  organization.people = [
    listed('ana', { role: 'owner', name: 'Ana' }),
    listed('nomail', { email: null, name: 'No Mail' }),
    listed('bot', { kind: 'service_account', email: null, name: 'CI' }),
    listed('leaving', { name: 'Lea' }),
  ]
  organization.rows = [
    used('ana', '2026-11-20', 5),
    used('nomail', '2026-11-20', 7),
    used('bot', '2026-11-20', 11),
    used('svc_acct_1', '2026-11-20', 3),
    used('svc_acct_2', '2026-11-20', 2),
    used('leaving', '2026-11-20', 13),
    used('stranger-1', '2026-11-20', 40),
    used('stranger-2', '2026-11-21', 2),
    used(null, '2026-11-21', 60),
  ]
  id = await bench.connected()
  organization.people = organization.people.filter((person) => person.userId !== 'leaving')
  bench.advance(3_600_000)
  await bench.scheduledSync(id)
})
afterEach(() => bench.close())

const answer = z.object({
  items: z.array(
    z.object({ userId: z.string().nullable(), name: z.string().nullable(), kind: z.string(), requests: z.number() }),
  ),
  total: z.object({ requests: z.number() }),
})

const ROWS = [
  ['leaving', 'Lea', 'former_member', 13],
  ['bot', 'CI', 'service_account', 11],
  ['nomail', 'No Mail', 'member', 7],
  ['ana', 'Ana', 'member', 5],
  ['svc_acct_1', null, 'service_account', 3],
  ['svc_acct_2', null, 'service_account', 2],
  [null, null, 'not_listed', 42],
  [null, null, 'unattributed', 60],
] as const

test('The most active come first, then unlisted and unattributed usage, and all add up to the total', async () => {
  const { items, total } = answer.parse((await bench.request('GET', `/integrations/${id}/usage?groupBy=user`)).body)
  expect(items.map(({ userId, name, kind, requests }) => [userId, name, kind, requests])).toEqual(ROWS)
  expect(items.reduce((sum, row) => sum + row.requests, 0)).toBe(total.requests)
  expect(total.requests).toBe(143)
})

test('A shorter range only has rows with usage in it', async () => {
  const path = `/integrations/${id}/usage?groupBy=user&from=2026-11-21&to=2026-11-24`
  const { items } = answer.parse((await bench.request('GET', path)).body)
  expect(items.map(({ kind, requests }) => [kind, requests])).toEqual([
    ['not_listed', 2],
    ['unattributed', 60],
  ])
})

test('CSV has the same rows, with names', async () => {
  const { text } = await bench.request('GET', `/integrations/${id}/usage?groupBy=user&format=csv`)
  const rows: Record<string, string>[] = parse(text, { columns: true })
  expect(Object.keys(rows[0] ?? {}).slice(0, 5)).toEqual(['userId', 'email', 'name', 'kind', 'requests'])
  expect(rows.map((row) => [row['userId'], row['name'], row['kind'], Number(row['requests'])])).toEqual(
    ROWS.map(([userId, name, kind, requests]) => [userId ?? '', name ?? '', kind, requests]),
  )
})
