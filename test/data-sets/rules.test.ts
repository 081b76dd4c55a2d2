import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { companyTest, isWithinDomains } from '../../shared/data-sets/directory/company-domains.ts'
import { inferCompanyDomains } from '../../shared/data-sets/directory/inferred-domains.ts'
import { deriveUsers } from '../../shared/data-sets/directory/directory-user.ts'
import { lastActivityOf } from '../../shared/data-sets/directory/last-activity.ts'
import { licensesOf } from '../../shared/data-sets/directory/licenses-view.ts'
import { judgeListing, mergePeople } from '../../shared/data-sets/directory/listing.ts'
import { seatOf } from '../../shared/data-sets/directory/seat.ts'
import { daysOfWindow, windowEndingAt, windowLength } from '../../shared/domain/window.ts'
import { aPerson, aRow, aSnapshot, aTable, emptySeries, RULES, WINDOW } from '../builders.ts'

const NOW = new Date('2026-11-24T12:00:00.000Z')

describe('Seat: first match wins', () => {
  const outsider = { email: 'x@other.example' }
  test.each([
    ['owner before all else', { ...outsider, role: 'owner', scimManaged: true }, ['acme.example'], 'member', 'owner'],
    ['SCIM before the domain', { ...outsider, scimManaged: true }, ['acme.example'], 'member', 'scim'],
    ['a company domain', {}, ['acme.example'], 'member', 'company_domain'],
    ['a subdomain, in any case', { email: 'x@EU.Acme.Example' }, ['acme.EXAMPLE'], 'member', 'company_domain'],
    ['a domain that only ends alike', { email: 'x@notacme.example' }, ['acme.example'], 'guest', 'external_domain'],
    ['no email', { email: null }, ['acme.example'], 'member', 'default'],
    ['no company domain known', outsider, [], 'member', 'default'],
  ] as const)('%s', (_, overrides, domains, type, reason) => {
    expect(seatOf(aPerson(overrides), companyTest(domains), RULES)).toEqual({ type, reason })
  })

  test('Banned, disabled and removed people and service accounts hold none', () => {
    for (const overrides of [
      { accountStatus: 'banned' },
      { accountStatus: 'disabled' },
      { removedAt: '2026-11-01T00:00:00.000Z' },
      { kind: 'service_account' },
    ] as const) {
      expect(seatOf(aPerson({ role: 'owner', ...overrides }), companyTest(['acme.example']), RULES)).toBeNull()
    }
  })

  test('Every active person holds exactly one, and only an outside address makes a guest', () => {
    const role = fc.constantFrom('owner', 'reader', null)
    const email = fc.constantFrom(null, 'a@acme.example', 'a@b.acme.example', 'a@other.example')
    const domains = fc.constantFrom<string[]>([], ['acme.example'], ['other.example', 'acme.example'])
    fc.assert(
      fc.property(role, email, fc.boolean(), domains, (aRole, anEmail, scimManaged, known) => {
        const seat = seatOf(aPerson({ role: aRole, email: anEmail, scimManaged }), companyTest(known), RULES)
        const isOutside =
          anEmail !== null && known.length > 0 && !isWithinDomains(anEmail.slice(anEmail.indexOf('@') + 1), known)
        expect(seat?.type).toBe(isOutside && aRole !== 'owner' && !scimManaged ? 'guest' : 'member')
      }),
    )
  })
})

test('Company domains are inferred from active owners, public mail providers left out', () => {
  expect(
    inferCompanyDomains(
      [
        aPerson({ userId: 'a', role: 'owner', email: 'a@Zeta.example' }),
        aPerson({ userId: 'b', role: 'owner', email: 'b@acme.example' }),
        aPerson({ userId: 'c', role: 'owner', email: 'someone@gmail.com' }),
        aPerson({ userId: 'd', role: 'owner', email: 'd@gone.example', removedAt: '2026-11-01T00:00:00.000Z' }),
        aPerson({ userId: 'e', role: 'owner', email: 'e@off.example', accountStatus: 'disabled' }),
        aPerson({ userId: 'f', role: 'reader', email: 'f@reader.example' }),
      ],
      RULES,
    ),
  ).toEqual(['acme.example', 'zeta.example'])
})

describe('Last activity', () => {
  test.each([
    [
      'usage wins on the same day',
      '2026-11-20T23:59:59.999Z',
      '2026-11-20',
      { on: '2026-11-20', source: 'usage' },
      null,
    ],
    ['a later key use wins', '2026-11-21T00:00:00.000Z', '2026-11-20', { on: '2026-11-21', source: 'api_key' }, null],
    ['a key alone is evidence', '2026-11-21T00:00:00.000Z', null, { on: '2026-11-21', source: 'api_key' }, null],
    [
      'a listed key used later wins',
      '2026-11-21T00:00:00.000Z',
      null,
      { on: '2026-11-22', source: 'api_key' },
      '2026-11-22',
    ],
    [
      'a listed key used earlier is no news',
      '2026-11-21T00:00:00.000Z',
      null,
      { on: '2026-11-21', source: 'api_key' },
      '2026-11-20',
    ],
    ['a listed key alone is evidence', null, null, { on: '2026-11-22', source: 'api_key' }, '2026-11-22'],
    ['usage wins on the day of a listed key', null, '2026-11-22', { on: '2026-11-22', source: 'usage' }, '2026-11-22'],
    ['nothing is none', null, null, null, null],
  ] as const)('%s', (_, apiKeyLastUsedAt, lastUsageDay, expected, keyUsedOn) => {
    const rows = lastUsageDay === null ? [] : [aRow({ day: lastUsageDay })]
    const keyUses = new Map(keyUsedOn === null ? [] : [['ana', keyUsedOn]])
    const series = { ...emptySeries(), usage: aTable(rows) }
    expect(lastActivityOf(aPerson({ apiKeyLastUsedAt }), keyUses, (id) => series[id].lastActiveDayOf('ana'))).toEqual(
      expected,
    )
  })
})

describe('License status', () => {
  function licenseOfAna(overrides: Parameters<typeof aPerson>[0], rows: Parameters<typeof aTable>[0]) {
    const people = [aPerson(overrides), aPerson({ userId: 'bot', kind: 'service_account' })]
    return deriveUsers(aSnapshot(people, rows), [], RULES).find((user) => user.id === 'ana')?.license
  }

  test('is in_use with evidence within the window, its first day included', () => {
    expect(licenseOfAna({}, [aRow({ day: '2026-09-26' })])).toBe('in_use')
    expect(licenseOfAna({ apiKeyLastUsedAt: '2026-09-26T00:00:00.000Z' }, [])).toBe('in_use')
  })

  test('evidence after the window, from a sync that ran over midnight, is in_use', () => {
    const key = { apiKeyLastUsedAt: '2026-11-25T00:00:03.000Z' }
    expect(licenseOfAna(key, [aRow({ userId: 'left' })])).toBe('in_use')
    expect(licenseOfAna(key, [aRow({ day: '2026-11-24' })])).toBe('in_use')
  })

  test('is unused without, while somebody else used it, a former member included', () => {
    expect(licenseOfAna({ apiKeyLastUsedAt: '2026-09-25T23:59:59.999Z' }, [aRow({ userId: 'left' })])).toBe('unused')
  })

  test('is no_data when only service accounts or nobody at all had requests', () => {
    expect(licenseOfAna({}, [aRow({ userId: 'bot' }), aRow({ userId: null })])).toBe('no_data')
    expect(licenseOfAna({}, [])).toBe('no_data')
  })

  test('is none for people without a seat', () => {
    expect(licenseOfAna({ accountStatus: 'banned' }, [aRow()])).toBeNull()
  })
})

test('Service accounts hold no seat and count in no license figure', () => {
  const people = [aPerson(), aPerson({ userId: 'bot', kind: 'service_account' })]
  const users = deriveUsers(aSnapshot(people, [aRow({ userId: 'bot' }), aRow()]), [], RULES)
  expect(licensesOf(users, WINDOW)).toEqual({
    people: { active: 1, disabled: 0, banned: 0 },
    serviceAccounts: 1,
    seats: { member: 1, guest: 0 },
    licenses: { inUse: 1, unused: 0, noData: 0 },
    roles: [{ role: 'reader', people: 1 }],
    activePeople: { today: 1, last7Days: 1, last30Days: 1 },
  })
})

test('The window ends with the UTC day of the start and has as many days as it should', () => {
  expect(windowEndingAt(new Date('2026-11-24T23:59:59.999Z'))).toEqual(WINDOW)
  expect(windowEndingAt(new Date('2026-11-25T00:00:00.000Z')).to).toBe('2026-11-25')
  fc.assert(
    fc.property(
      fc.date({ min: NOW, noInvalidDate: true, max: new Date('2100-01-01') }),
      fc.integer({ min: 1, max: 365 }),
      (at, days) => {
        const window = windowEndingAt(at, days)
        expect(windowLength(window)).toBe(days)
        expect(new Set(daysOfWindow(window)).size).toBe(days)
      },
    ),
  )
})

describe('Removed people', () => {
  const options = { now: NOW, keepRemovedDays: 60 }

  test('are kept since the first sync that misses them, forgotten after 60 days, and come back', () => {
    const first = mergePeople([aPerson({ userId: 'a' }), aPerson({ userId: 'b' })], [aPerson({ userId: 'a' })], options)
    expect(first.removed).toBe(1)
    expect(first.people.map((person) => [person.userId, person.removedAt])).toEqual([
      ['a', null],
      ['b', '2026-11-24T12:00:00.000Z'],
    ])
    const back = mergePeople(first.people, [aPerson({ userId: 'a' }), aPerson({ userId: 'b' })], options)
    expect(back).toMatchObject({ removed: 0, people: [{ removedAt: null }, { removedAt: null }] })
    const later = { ...options, now: new Date('2027-01-23T12:00:00.001Z') }
    expect(mergePeople(first.people, [aPerson({ userId: 'a' })], later).people.map((person) => person.userId)).toEqual([
      'a',
    ])
  })
})

describe('A listing', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => aPerson({ userId: `user-${index + 100}` }))
  const judge = (stored: number, listed: number) =>
    judgeListing({ stored: many(stored), listed: many(listed), implausible: null, now: NOW }).verdict

  test.each([
    [20, 10, 'plausible'],
    [20, 9, 'implausible'],
    [19, 10, 'plausible'],
    [9, 1, 'plausible'],
    [10, 0, 'implausible'],
    [0, 0, 'implausible'],
    [0, 5, 'plausible'],
  ] as const)('of %i stored people that has %i left is %s', (stored, listed, verdict) => {
    expect(judge(stored, listed)).toBe(verdict)
  })

  test('with nobody stored in it is another organization’s', () => {
    const listed = [aPerson({ userId: 'stranger' })]
    expect(judgeListing({ stored: many(3), listed, implausible: null, now: NOW }).verdict).toBe(
      'different_organization',
    )
  })
})
