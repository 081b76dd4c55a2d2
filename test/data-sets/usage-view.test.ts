import { expect, test } from '@jest/globals'
import { deriveUsers } from '../../shared/data-sets/directory/directory-user.ts'
import { countSeats, licensesOf } from '../../shared/data-sets/directory/licenses-view.ts'
import type { UsageRow } from '../../shared/data-sets/usage/usage-table.ts'
import { usageByDay, usageByModel, usageByUser, usageOfUser } from '../../shared/data-sets/usage/usage-view.ts'
import { aPerson, aRow, aTable, RULES, WINDOW } from '../builders.ts'

const PRESENT = [
  aPerson({ userId: 'ana' }),
  aPerson({ userId: 'bob', accountStatus: 'disabled' }),
  aPerson({ userId: 'bot', kind: 'service_account', email: null }),
]
const REMOVED = [
  aPerson({ userId: 'gone', role: 'owner', removedAt: '2026-11-20T00:00:00.000Z' }),
  aPerson({ userId: 'old-bot', kind: 'service_account', email: null, removedAt: '2026-11-20T00:00:00.000Z' }),
]
const USAGE = [
  aRow({ userId: 'ana', requests: 1 }),
  aRow({ userId: 'bob', requests: 2 }),
  aRow({ userId: 'bot', requests: 4 }),
  aRow({ userId: 'gone', requests: 8 }),
  aRow({ userId: 'old-bot', requests: 16 }),
  aRow({ userId: 'never-listed', requests: 32 }),
  aRow({ userId: null, requests: 64 }),
]

test('By user, everybody known has a row, removed people as former members; ids that nobody has share one', () => {
  const rows = usageByUser({ people: [...PRESENT, ...REMOVED], usage: aTable(USAGE) }, WINDOW, RULES)
  expect(rows.map(({ kind, userId, email, requests }) => [kind, userId, email, requests])).toEqual([
    ['service_account', 'old-bot', null, 16],
    ['former_member', 'gone', 'gone@acme.example', 8],
    ['service_account', 'bot', null, 4],
    ['member', 'bob', 'bob@acme.example', 2],
    ['member', 'ana', 'ana@acme.example', 1],
    ['not_listed', null, null, 32],
    ['unattributed', null, null, 64],
  ])
})

test('Removed people count in no figure of those who are present', () => {
  const usage = aTable(USAGE)
  const [withRemoved, without] = [[...PRESENT, ...REMOVED], PRESENT].map((people) => ({ people, usage }))
  const figures = (snapshot: typeof withRemoved) =>
    snapshot && [licensesOf(deriveUsers(snapshot, [], RULES), WINDOW), countSeats(snapshot, [], RULES)]
  expect(figures(withRemoved)).toEqual(figures(without))
  expect(figures(without)).toMatchObject([
    { people: { active: 1, disabled: 1, banned: 0 }, serviceAccounts: 1, seats: { member: 1, guest: 0 } },
    { members: 1, guests: 0, inUse: 1, unused: 0, noData: 0 },
  ])
})

test('Days come oldest first, models of a day by name, models of all days by requests', () => {
  const usage = aTable([
    aRow({ userId: 'ana', model: 'zeta', requests: 1 }),
    aRow({ userId: 'bob', model: 'alpha', requests: 2 }),
    aRow({ userId: 'bob', model: 'mid', requests: 2 }),
    aRow({ userId: 'bob', model: 'zeta', day: '2026-11-20', requests: 8 }),
  ])
  const snapshot = { people: PRESENT, usage }
  const shown = (days: ReturnType<typeof usageByDay>) =>
    days.map(({ day, models }) => [day, ...models.map(({ model, requests }) => `${model} ${requests}`)])
  expect(shown(usageByDay(snapshot, WINDOW))).toEqual([
    ['2026-11-20', 'zeta 8'],
    ['2026-11-24', 'alpha 2', 'mid 2', 'zeta 1'],
  ])
  expect(shown(usageOfUser(snapshot, 'bob', { from: '2026-11-21', to: WINDOW.to }))).toEqual([
    ['2026-11-24', 'alpha 2', 'mid 2'],
  ])
  expect(usageByModel(snapshot, WINDOW).map(({ model, requests }) => [model, requests])).toEqual([
    ['zeta', 9],
    ['alpha', 2],
    ['mid', 2],
  ])
})

/** What the only person with a seat holds, by the usage of somebody else and their own. */
function licenseOfAna(rows: readonly UsageRow[]) {
  const users = deriveUsers({ people: [aPerson({ userId: 'ana' }), ...REMOVED], usage: aTable(rows) }, [], RULES)
  const ana = users.find(({ id }) => id === 'ana')
  return [ana?.license, ana?.lastActiveOn]
}

test('Days with tokens and no request are no use of a seat, and no proof that others went unused', () => {
  const withoutRequests = { requests: 0, inputTokens: 100, cachedInputTokens: 10, outputTokens: 50 }
  expect(licenseOfAna([aRow({ userId: 'ana', ...withoutRequests })])).toEqual(['no_data', null])
  expect(licenseOfAna([aRow({ userId: 'gone', ...withoutRequests })])).toEqual(['no_data', null])
  expect(licenseOfAna([aRow({ userId: null }), aRow({ userId: 'old-bot' })])).toEqual(['no_data', null])
  expect(licenseOfAna([aRow({ userId: 'gone', ...withoutRequests }), aRow({ userId: 'gone' })])).toEqual([
    'unused',
    null,
  ])
})
