import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { addDays } from '../../shared/domain/day.ts'
import { FINDING_TYPES } from '../../shared/domain/finding.ts'
import { aPerson, aRow, WINDOW } from '../builders.ts'
import { anOutcome } from '../reviews/an-outcome.ts'
import { aKey, owner } from '../data-sets/keys/a-key.ts'
import { type Facts, foundIn } from './found-in.ts'
import { recounted } from './recounted.ts'

const IDS = ['ana', 'bob', 'cyn', 'dov', 'eve']
const EMAILS = [
  'acme.example',
  'ACME.example',
  'labs.acme.example',
  'mu\u0308ller.example',
  'XN--MLLER-KVA.example',
  'other.example',
]
const daysAgo = (count: number) => addDays(WINDOW.to, -count)

const ago = (...counts: number[]) => fc.constantFrom(...counts).map((count) => daysAgo(count))
const instantAgo = (...counts: number[]) => ago(...counts).map((day) => `${day}T13:00:00.000Z`)
const orNull = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { freq: 4 })

const anyPerson = (userId: string) =>
  fc
    .record({
      kind: fc.constantFrom('person', 'person', 'service_account' as const),
      email: orNull(fc.constantFrom(...EMAILS).map((domain) => ` ${userId.toUpperCase()}@${domain}`)),
      role: orNull(fc.constantFrom('reader', 'owner', 'Admin', 'primary_owner')),
      accountStatus: fc.constantFrom('active', 'active', 'disabled', 'banned' as const),
      scimManaged: fc.boolean(),
      addedAt: orNull(instantAgo(0, 7, 29, 30, 31, 32, 400)),
      apiKeyLastUsedAt: orNull(instantAgo(0, 59, 60)),
      removedAt: fc.option(instantAgo(0, 1, 10), { freq: 1, nil: null }),
    })
    .map((overrides) => aPerson({ userId, ...overrides }))

const anyKey = (id: string) =>
  fc
    .record({
      kind: fc.constantFrom('project', 'admin' as const),
      owner: orNull(
        fc
          .tuple(fc.constantFrom(...IDS, 'nobody'), fc.constantFrom('user', 'service_account' as const))
          .map(([userId, kind]) => owner(userId, kind)),
      ),
      createdAt: orNull(instantAgo(-1, 0, 1, 29, 30, 31, 364, 365, 366)),
      lastUsedOn: orNull(ago(0, 1, 9, 10, 59, 60, 61)),
      isUseKnown: fc.boolean(),
      isActive: fc.boolean(),
      expiresAt: orNull(
        fc.constantFrom(`${WINDOW.to}T11:59:59.999Z`, `${WINDOW.to}T12:00:00.000Z`, `${WINDOW.to}T12:00:00.001Z`),
      ),
    })
    .map((overrides) => aKey(id, overrides))

/** Each of the last days has costs, mostly usual ones; some have more than once. */
const anyCosts = fc
  .tuple(
    fc.array(fc.constantFrom('0', '1', '10', '10', '10', '90', '1000'), { minLength: 46, maxLength: 46 }),
    fc.array(fc.record({ ago: fc.nat(45), cost: fc.constantFrom('1', '300') }), { maxLength: 10 }),
    fc.constantFrom('USD', 'EUR'),
  )
  .map(([daily, more, currency]) => [
    ...daily.map((cost, ago) => ({ day: daysAgo(ago), cost, currency: 'USD' })),
    ...more.map(({ ago, cost }) => ({ day: daysAgo(ago), cost, currency })),
  ])

const anyRoster = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...IDS), fc.constantFrom('acme.example', 'xn--mller-kva.example')), {
    selector: (entry) => entry.join('@'),
  })
  .chain((entries) =>
    fc.tuple(
      ...entries.map((entry) =>
        orNull(ago(-1, 0, 1)).map((endsOn) => {
          const email = entry.join('@')
          return [email, { email, name: null, manager: null, department: null, endsOn }] as const
        }),
      ),
    ),
  )
  .map((entries) => new Map(entries))

/** Reviews that were completed at different times, and decided on some of the same. */
const anyRemoval = fc
  .record({
    subject: fc.oneof(
      fc.constantFrom(...IDS, 'nobody').map((id) => ({ kind: 'member' as const, id })),
      fc.constantFrom('k1', 'k2', 'k9').map((id) => ({ kind: 'key' as const, id })),
    ),
    daysAgo: fc.constantFrom(0, 12, 13, 14, 15, 100),
    state: fc.constantFrom('pending', 'returned' as const),
  })
  .map(({ subject: { kind, id }, daysAgo: days, state }) => ({
    ...anOutcome({
      reviewId: `review-${days}`,
      itemId: `${kind} ${id}`,
      subject: { kind, id, label: id, projectId: null },
      decidedAt: `${daysAgo(days)}T23:59:59.999Z`,
    }),
    state,
  }))

const anyFacts: fc.Arbitrary<Facts> = fc.record({
  provider: fc.constantFrom('openai', 'anthropic'),
  people: fc
    .tuple(...IDS.map((id) => fc.option(anyPerson(id), { freq: 5 })))
    .map((people) => people.filter((each) => each !== null)),
  rows: fc.array(
    fc
      .record({ userId: fc.constantFrom(null, ...IDS), day: ago(0, 59), requests: fc.constantFrom(0, 1) })
      .map((row) => aRow({ inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, ...row })),
    { maxLength: 4 },
  ),
  keys: orNull(fc.tuple(...['k1', 'k2', 'k3', 'k4'].map((id) => anyKey(id)))),
  costRows: orNull(anyCosts),
  coveredFrom: ago(45, 50, 60),
  companyDomains: fc.constantFrom([], ['acme.example'], ['ACME.example', 'müller.example']),
  roster: orNull(anyRoster),
  removals: fc.array(anyRemoval, { maxLength: 6 }),
  today: fc.constantFrom(WINDOW.to, addDays(WINDOW.to, 1)),
  thresholds: fc.record({
    staleKeyDays: fc.constantFrom(30, 31),
    eternalKeyDays: fc.constantFrom(364, 365),
    idleMemberDays: fc.constantFrom(7, 30),
    removalDays: fc.constantFrom(13, 14),
    spikeDays: fc.constantFrom(1, 14, 30),
    spikeBaselineDays: fc.constantFrom(5, 28),
    spikeCoveredDays: fc.constantFrom(1, 5),
    spikeTimes: fc.constantFrom(1, 3),
    spikeAmount: fc.constantFrom(0, 20, 90),
  }),
})

test('What is found equals what is counted straight from the facts, at both providers, and there is each type', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(anyFacts, (facts) => {
      const found = foundIn(facts).map(({ evidence, severity, subject, cost }) => {
        seen.add(evidence.type)
        const spent = evidence.type === 'spend_spike' ? `${cost?.amount} ${cost?.currency}` : 'null'
        return `${evidence.type} ${severity} ${subject.id} ${spent}`
      })
      expect(found.toSorted()).toEqual(recounted(facts))
    }),
    { numRuns: 300 },
  )
  const ofConnection = ['integration_problem', 'key_expiring']
  expect([...seen].toSorted()).toEqual(FINDING_TYPES.filter((type) => !ofConnection.includes(type)).toSorted())
})
