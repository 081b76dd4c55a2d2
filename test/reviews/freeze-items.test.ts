import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { ACCOUNT_STATUSES } from '../../shared/data-sets/directory/directory-person.ts'
import { DEFAULT_THRESHOLDS } from '../../shared/domain/finding.ts'
import { REVIEW_POPULATIONS, type ReviewPopulation } from '../../shared/domain/review.ts'
import type { Roster } from '../../shared/people/roster.ts'
import { freezeItems, type ReviewedOrganization } from '../../shared/reviews/freeze-items.ts'
import { reviewItemId } from '../../shared/reviews/review-item.ts'
import { aPerson, aRow } from '../builders.ts'
import { aKey, owner } from '../data-sets/keys/a-key.ts'
import { aReviewedOrganization, SYNC } from './a-reviewed-organization.ts'

function freeze(
  population: ReviewPopulation,
  organizations: readonly ReviewedOrganization[],
  roster: Roster | null = null,
) {
  return freezeItems(organizations, { population, thresholds: DEFAULT_THRESHOLDS, roster })
}
const subjects = (...asked: Parameters<typeof freeze>) => freeze(...asked).map(({ subject }) => subject.id)

const people = [
  aPerson({ userId: 'owner', role: 'owner' }),
  aPerson({ userId: 'banned', role: 'owner', accountStatus: 'banned' }),
  aPerson({ userId: 'guest', email: 'guest@agency.example' }),
  aPerson({ userId: 'idle' }),
  aPerson({ userId: 'new', addedAt: '2026-11-20T00:00:00.000Z' }),
  aPerson({ userId: 'since-ever', addedAt: null }),
  aPerson({ userId: 'disabled', accountStatus: 'disabled' }),
  aPerson({ userId: 'removed', removedAt: '2026-11-20T00:00:00.000Z' }),
  aPerson({ userId: 'bot', kind: 'service_account', email: null }),
]
const rows = [aRow({ userId: 'owner' }), aRow({ userId: 'guest' })]

describe('A population', () => {
  const acme = aReviewedOrganization(people, {
    rows,
    keys: [
      aKey('admin', { kind: 'admin', project: null, owner: owner('owner') }),
      aKey('project', { owner: owner('bot', 'service_account') }),
      aKey('inactive', { isActive: false }),
      aKey('expired', { expiresAt: '2026-11-01T00:00:00.000Z' }),
    ],
  })
  test.each<[ReviewPopulation, string[]]>([
    ['everyone', ['banned', 'disabled', 'guest', 'idle', 'new', 'owner', 'since-ever']],
    ['guests', ['guest']],
    ['idle', ['idle', 'since-ever']],
    ['owners', ['banned', 'owner']],
    ['keys', ['admin', 'project']],
  ])('of %s is these', (population, expected) => {
    expect(subjects(population, [acme])).toEqual(expected)
  })

  test('of idle people is nobody while nobody’s usage is known', () => {
    expect(subjects('idle', [aReviewedOrganization(people, { rows: [aRow({ userId: null })] })])).toEqual([])
  })

  test('of an organization that was never read is nothing', () => {
    const unread = { ...acme, directory: null, keys: null }
    for (const population of REVIEW_POPULATIONS) expect(subjects(population, [unread])).toEqual([])
  })
})

describe('An item', () => {
  test('of a member carries exactly this evidence', () => {
    const acme = aReviewedOrganization([aPerson({ name: null })], {
      keys: [aKey('k'), aKey('off', { isActive: false })],
    })
    const entry = { email: 'ANA@acme.example', name: 'Ana', manager: 'Zoe', department: 'Research', endsOn: null }
    expect(freeze('everyone', [acme], new Map([['ana@acme.example', entry]]))).toEqual([
      {
        kind: 'member',
        id: reviewItemId('01KINTEGRATIONAAAAAAAAAAAA', 'member', 'ana'),
        integrationId: '01KINTEGRATIONAAAAAAAAAAAA',
        integrationName: 'Acme',
        provider: 'openai',
        subject: { id: 'ana', label: 'ana@acme.example' },
        evidence: {
          email: 'ana@acme.example',
          name: null,
          role: 'reader',
          accountStatus: 'active',
          seat: { type: 'member', reason: 'company_domain' },
          license: 'no_data',
          lastActiveOn: null,
          lastActivitySource: null,
          lastLoginOn: null,
          requests: 0,
          cost: null,
          addedAt: '2026-01-01T00:00:00.000Z',
          keys: 1,
          department: 'Research',
          manager: 'Zoe',
          ...SYNC,
          change: null,
        },
      },
    ])
  })

  test('of a key carries exactly this evidence', () => {
    const acme = aReviewedOrganization([aPerson({ name: 'Ana' })], { keys: [aKey('k', { name: null })] })
    expect(freeze('keys', [acme])).toMatchObject([
      {
        kind: 'key',
        subject: { id: 'k', label: 'k' },
        evidence: {
          kind: 'project',
          name: null,
          hint: 'wxyz',
          project: { id: 'proj_1', name: 'Search' },
          owner: { kind: 'user', id: 'ana', email: 'ana@acme.example', name: 'Ana', status: 'active' },
          createdAt: '2026-11-01T00:00:00.000Z',
          lastUsedOn: '2026-11-20',
          expiresAt: null,
          status: 'active',
          cost: null,
          ...SYNC,
          change: null,
        },
      },
    ])
    expect(Object.keys(freeze('keys', [acme])[0]?.evidence ?? {})).toHaveLength(13)
  })

  test('has the department of nobody without an address', () => {
    const entry = { email: '', name: null, manager: null, department: 'Nobody', endsOn: null }
    const [item] = freeze('everyone', [aReviewedOrganization([aPerson({ email: null })])], new Map([['', entry]]))
    expect(item?.evidence).toMatchObject({ department: null })
  })

  test('holds well-formed Unicode, of which there is canonical JSON', () => {
    const [item] = freeze('everyone', [
      aReviewedOrganization([aPerson({ name: 'A\ud800', email: '\udfff@acme.example' })]),
    ])
    expect(item).toMatchObject({
      subject: { label: 'A\ufffd' },
      evidence: { name: 'A\ufffd', email: '\ufffd@acme.example' },
    })
  })

  test('keeps its id over reviews, and shares it with nothing else', () => {
    const id = reviewItemId('A', 'member', 'x')
    expect(id).toMatch(/^[\w-]{22}$/)
    expect(id).toBe(reviewItemId('A', 'member', 'x'))
    const others = [
      reviewItemId('A', 'key', 'x'),
      reviewItemId('B', 'member', 'x'),
      reviewItemId('A","member', 'member', 'x'),
    ]
    expect(new Set([id, ...others]).size).toBe(4)
  })
})

test('Items are sorted by their labels as people sort them, those of one person beside each other', () => {
  const named = (...names: string[]) => names.map((name) => aPerson({ userId: name, name }))
  const one = aReviewedOrganization(named('Zoe', 'Ángel', 'bob'))
  const other = aReviewedOrganization(named('Angela', 'Bob', 'Zoe'), {
    integration: { id: '01KOTHERAAAAAAAAAAAAAAAAAA', name: 'Labs', provider: 'openai' },
  })
  const labels = freeze('everyone', [one, other]).map(({ subject }) => subject.label)
  expect(labels).toEqual(['Ángel', 'Angela', 'bob', 'Bob', 'Zoe', 'Zoe'])
})

describe('For any people', () => {
  const anyone = fc.record({
    userId: fc.string({ minLength: 1, maxLength: 8 }),
    role: fc.constantFrom('owner', 'reader', null),
    kind: fc.constantFrom('person' as const, 'service_account' as const),
    accountStatus: fc.constantFrom(...ACCOUNT_STATUSES),
    email: fc.constantFrom('a@acme.example', 'b@agency.example', null),
    addedAt: fc.constantFrom('2026-01-01T00:00:00.000Z', '2026-11-20T00:00:00.000Z', null),
    removedAt: fc.constantFrom(null, '2026-11-20T00:00:00.000Z'),
  })
  const company = fc.uniqueArray(anyone, { selector: ({ userId }) => userId, maxLength: 30 })

  test('each population is a part of everyone, and everyone is each person who is not removed', () => {
    fc.assert(
      fc.property(company, (drawn) => {
        const used = drawn.filter((_, index) => index % 2 === 0).map(({ userId }) => aRow({ userId }))
        const acme = aReviewedOrganization(
          drawn.map((each) => aPerson(each)),
          { rows: used },
        )
        const everyone = new Set(subjects('everyone', [acme]))
        const present = drawn.filter(({ kind, removedAt }) => kind === 'person' && removedAt === null)
        expect([...everyone].toSorted()).toEqual(present.map(({ userId }) => userId).toSorted())
        for (const population of ['guests', 'idle', 'owners'] as const) {
          for (const id of subjects(population, [acme])) expect(everyone.has(id)).toBe(true)
        }
        expect(new Set(freeze('everyone', [acme]).map(({ id }) => id)).size).toBe(everyone.size)
      }),
    )
  })
})
