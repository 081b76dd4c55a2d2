import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { deriveUsers } from '../../../shared/data-sets/directory/directory-user.ts'
import { countSeats, licensesOf } from '../../../shared/data-sets/directory/licenses-view.ts'
import type { UsageRow } from '../../../shared/data-sets/usage/usage.ts'
import { byCell, byDay, byLabel, byPerson, totalOf } from '../../../shared/data-sets/day-series/series-view.ts'
import { aPerson, aRow, aSnapshot, aTable, RULES, WINDOW } from '../../builders.ts'
import { plainAmounts, seriesWithRows, sumOf, tableOf } from './random-series.ts'

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

test('By user, each known person has a row, removed people as former members, and unknown ids share one', () => {
  const rows = byPerson(aTable(USAGE), [...PRESENT, ...REMOVED], WINDOW, RULES)
  expect(rows.map(({ kind, userId, email, amounts }) => [kind, userId, email, amounts['requests']])).toEqual([
    ['service_account', 'old-bot', null, 16],
    ['former_member', 'gone', 'gone@acme.example', 8],
    ['service_account', 'bot', null, 4],
    ['member', 'bob', 'bob@acme.example', 2],
    ['member', 'ana', 'ana@acme.example', 1],
    ['not_listed', null, null, 32],
    ['unattributed', null, null, 64],
  ])
})

test('Removed people are not counted in figures of present people', () => {
  const [withRemoved, without] = [[...PRESENT, ...REMOVED], PRESENT].map((people) => aSnapshot(people, USAGE))
  const figures = (snapshot: typeof withRemoved) =>
    snapshot && [licensesOf(deriveUsers(snapshot, [], RULES), WINDOW), countSeats(snapshot, [], RULES)]
  expect(figures(withRemoved)).toEqual(figures(without))
  expect(figures(without)).toMatchObject([
    { people: { active: 1, disabled: 1, banned: 0 }, serviceAccounts: 1, seats: { member: 1, guest: 0 } },
    { members: 1, guests: 0, inUse: 1, unused: 0, noData: 0 },
  ])
})

test('Days are sorted oldest first, models of a day by name, models of all days by requests', () => {
  const usage = aTable([
    aRow({ userId: 'ana', model: 'zeta', requests: 1 }),
    aRow({ userId: 'bob', model: 'alpha', requests: 2 }),
    aRow({ userId: 'bob', model: 'mid', requests: 2 }),
    aRow({ userId: 'bob', model: 'zeta', day: '2026-11-20', requests: 8 }),
  ])
  const shown = (days: ReturnType<typeof byDay>) =>
    days.map(({ day, parts: [models] }) => [
      day,
      ...(models ?? []).map(({ label, amounts }) => `${label} ${amounts['requests']}`),
    ])
  expect(shown(byDay(usage, WINDOW))).toEqual([
    ['2026-11-20', 'zeta 8'],
    ['2026-11-24', 'alpha 2', 'mid 2', 'zeta 1'],
  ])
  expect(shown(byDay(usage, { from: '2026-11-21', to: WINDOW.to }, 'bob'))).toEqual([
    ['2026-11-24', 'alpha 2', 'mid 2'],
  ])
  expect(byLabel(usage, 0, WINDOW).map(({ label, amounts }) => [label, amounts['requests']])).toEqual([
    ['zeta', 9],
    ['alpha', 2],
    ['mid', 2],
  ])
})

/** The license of the only person with a seat, given usage by somebody else and by that person. */
function licenseOfAna(rows: readonly UsageRow[]) {
  const users = deriveUsers(aSnapshot([aPerson({ userId: 'ana' }), ...REMOVED], rows), [], RULES)
  const ana = users.find(({ id }) => id === 'ana')
  return [ana?.license, ana?.lastActiveOn]
}

test('Days with tokens but no request do not count as use of a seat, and do not make other seats unused', () => {
  const withoutRequests = { requests: 0, inputTokens: 100, cachedInputTokens: 10, outputTokens: 50 }
  expect(licenseOfAna([aRow({ userId: 'ana', ...withoutRequests })])).toEqual(['no_data', null])
  expect(licenseOfAna([aRow({ userId: 'gone', ...withoutRequests })])).toEqual(['no_data', null])
  expect(licenseOfAna([aRow({ userId: null }), aRow({ userId: 'old-bot' })])).toEqual(['no_data', null])
  expect(licenseOfAna([aRow({ userId: 'gone', ...withoutRequests }), aRow({ userId: 'gone' })])).toEqual([
    'unused',
    null,
  ])
})

test('The parts always add up to the total: by day, by each dimension, by cell and by person', () => {
  const people = [aPerson({ userId: 'ana' }), aPerson({ userId: 'bot', kind: 'service_account' })]
  fc.assert(
    fc.property(seriesWithRows, fc.constantFrom(WINDOW.from, '2026-10-31', '2026-11-24'), ({ series, rows }, from) => {
      const table = tableOf(series, rows)
      const range = { from, to: WINDOW.to }
      const total = sumOf(
        rows.filter(({ day }) => day >= from),
        series.measures.length,
      )
      const days = byDay(table, range)
      const dimensions = [...series.dimensions.keys()]
      expect(plainAmounts(totalOf(table, range))).toEqual(total)
      for (const parts of [
        days,
        ...dimensions.map((dimension) => days.flatMap(({ parts }) => parts[dimension] ?? [])),
        ...dimensions.map((dimension) => byLabel(table, dimension, range)),
        byCell(table, range),
        byPerson(table, people, range, RULES),
      ]) {
        const amounts = parts.map((part) => ({ amounts: plainAmounts(part.amounts) }))
        expect(sumOf(amounts, series.measures.length)).toEqual(total)
      }
    }),
  )
})
