import { describe, expect, test } from '@jest/globals'
import { addDays } from '../../shared/domain/day.ts'
import { DEFAULT_THRESHOLDS } from '../../shared/domain/finding.ts'
import type { RosterEntry } from '../../shared/people/roster.ts'
import { aKey, owner } from '../data-sets/keys/a-key.ts'
import { aPerson, aRow, WINDOW } from '../builders.ts'
import { type Facts, foundIn, inShort } from './found-in.ts'

const TODAY = WINDOW.to
const at = (day: string) => `${day}T09:00:00.000Z`
const daysAgo = (count: number) => addDays(TODAY, -count)

/** Somebody who is no finding: with use, of the company. */
const ana = aPerson({ userId: 'ana' })
const anasUse = aRow({ userId: 'ana' })

const employees = (...entries: Partial<RosterEntry>[]) =>
  new Map(
    entries.map((entry) => {
      const whole = { email: 'ana@acme.example', name: null, manager: null, department: null, endsOn: null, ...entry }
      return [whole.email, whole]
    }),
  )

describe.each([
  ['openai', 'owner'],
  ['anthropic', 'admin'],
  ['anthropic', 'primary_owner'],
])('An owner at %s, with the role %s, is found', (provider, role) => {
  const found = (overrides: Parameters<typeof aPerson>[0], companyDomains = ['acme.example']) => {
    const person = aPerson({ userId: 'eve', role, email: 'eve@agency.example', ...overrides })
    return inShort(foundIn({ provider, people: [person], rows: [aRow({ userId: 'eve' })], companyDomains }))
  }

  test('with an address outside the company domains, and not within them or below', () => {
    expect(found({})).toEqual(['high external_owner eve'])
    expect(found({ role: role.toUpperCase() })).toEqual(['high external_owner eve'])
    expect(found({ email: 'eve@acme.example' })).toEqual([])
    expect(found({ email: 'eve@labs.ACME.example' })).toEqual([])
    expect(found({ email: 'eve@notacme.example' })).toEqual(['high external_owner eve'])
  })

  test('only while they have access', () => {
    expect(found({ accountStatus: 'disabled' })).toEqual([])
    expect(found({ accountStatus: 'banned' })).toEqual([])
    expect(found({ removedAt: at(TODAY) })).toEqual([])
    expect(found({ kind: 'service_account' })).toEqual([])
  })

  test('only where address and company domains are known', () => {
    expect(found({ email: null })).toEqual([])
    expect(found({}, [])).toEqual([])
  })
})

test('A role that does not count as owner at the provider is none', () => {
  const people = [aPerson({ userId: 'eve', role: 'admin', email: 'eve@agency.example' })]
  expect(inShort(foundIn({ people, rows: [aRow({ userId: 'eve' })] }))).toEqual([])
})

describe.each(['openai', 'anthropic'])('Without use in the window, at %s', (provider) => {
  const found = (addedAt: string | null, email = 'bob@acme.example', idleMemberDays = 30) =>
    inShort(
      foundIn({
        provider,
        people: [ana, aPerson({ userId: 'bob', email, addedAt })],
        rows: [anasUse],
        thresholds: { ...DEFAULT_THRESHOLDS, idleMemberDays },
      }),
    )

  test('somebody is idle who was added over 30 days ago, or at an unknown time', () => {
    expect(found(at(daysAgo(31)))).toEqual(['low idle_member bob'])
    expect(found(at(daysAgo(30)))).toEqual([])
    expect(found(null)).toEqual(['low idle_member bob'])
  })

  test('the threshold decides on the days', () => {
    expect(found(at(daysAgo(31)), 'bob@acme.example', 31)).toEqual([])
    expect(found(at(daysAgo(8)), 'bob@acme.example', 7)).toEqual(['low idle_member bob'])
  })

  test('guests weigh more', () => {
    expect(found(at(daysAgo(31)), 'bob@agency.example')).toEqual(['medium idle_member bob'])
  })
})

test('Idle members have no cost, and their evidence has the last sign-in and the sources of use', () => {
  const [found] = foundIn({ people: [ana, aPerson({ userId: 'bob' })], rows: [anasUse] })
  expect(found).toMatchObject({
    cost: null,
    since: null,
    evidence: { from: WINDOW.from, sources: ['usage'], member: { lastLoginOn: null } },
    action: { url: 'https://platform.openai.com/settings/organization/people' },
  })
})

test('Use on the first day of the window is use, and one of the day before is none', () => {
  const found = (apiKeyLastUsedAt: string) =>
    inShort(foundIn({ people: [aPerson({ userId: 'bob', apiKeyLastUsedAt })] }))
  expect(found(at(WINDOW.from))).toEqual([])
  expect(found(at(addDays(WINDOW.from, -1)))).toEqual(['low idle_member bob'])
})

test('Where no use is attributed to anybody, nobody is idle', () => {
  expect(foundIn({ people: [ana], rows: [] })).toEqual([])
})

describe('With a roster, somebody with a company address', () => {
  const found = (roster: ReturnType<typeof employees> | null, email: string | null = 'ana@acme.example') =>
    foundIn({ people: [aPerson({ userId: 'ana', email })], rows: [anasUse], roster })

  test('is found who is not in it', () => {
    expect(inShort(found(employees({})))).toEqual([])
    expect(inShort(found(employees({ email: 'bob@acme.example' })))).toEqual(['high not_in_roster ana'])
    expect(inShort(found(new Map()))).toEqual(['high not_in_roster ana'])
    expect(inShort(found(null))).toEqual([])
  })

  test('is found from the day after their last', () => {
    expect(inShort(found(employees({ endsOn: TODAY })))).toEqual([])
    const [left] = found(employees({ endsOn: daysAgo(1) }))
    expect(left).toMatchObject({ severity: 'high', since: TODAY, evidence: { endedOn: daysAgo(1) } })
  })

  test('is found with the number of their keys that work, unless keys were not read', () => {
    const keysOf = (keys: Facts['keys']) => {
      const ana = aPerson({ userId: 'ana', email: 'ana@acme.example' })
      const found = foundIn({ people: [ana], rows: [anasUse], roster: new Map(), keys })
      return found.find(({ evidence }) => evidence.type === 'not_in_roster')?.evidence
    }
    const keys = [
      aKey('k1', { owner: owner('ana') }),
      aKey('k2', { owner: owner('ana') }),
      aKey('k3', { owner: owner('ana'), isActive: false }),
      aKey('k4', { owner: owner('bob') }),
    ]
    expect(keysOf(keys)).toMatchObject({ workingKeys: 2 })
    expect(keysOf([])).toMatchObject({ workingKeys: 0 })
    expect(keysOf(null)).toMatchObject({ workingKeys: null })
  })

  test('is looked up without regard to case, spaces and the spelling of the domain', () => {
    const roster = employees({ email: 'ana@xn--mller-kva.example' })
    const person = aPerson({ userId: 'ana', email: ' Ana@MÜLLER.example' })
    const facts = { people: [person], rows: [anasUse], roster }
    expect(inShort(foundIn({ ...facts, companyDomains: ['müller.example'] }))).toEqual([])
  })

  test('Others, and people without an address, are no matter of the roster', () => {
    expect(inShort(found(new Map(), 'ana@agency.example'))).toEqual([])
    expect(inShort(found(new Map(), null))).toEqual([])
  })

  test('is found only while they have access', () => {
    const people = [
      aPerson({ userId: 'ana', accountStatus: 'disabled' }),
      aPerson({ userId: 'bo', removedAt: at(TODAY) }),
    ]
    expect(foundIn({ people, rows: [anasUse], roster: new Map() })).toEqual([])
  })
})

test('What a member cost in the window is the cost of the finding', () => {
  const costRows = [{ day: TODAY, cost: '12.5', report: 'user', userId: 'ana' } as const]
  const [found] = foundIn({ people: [ana], rows: [anasUse], roster: new Map(), costRows })
  expect(found).toMatchObject({ evidence: { type: 'not_in_roster' }, cost: { amount: '12.5', currency: 'USD' } })
})
