import { expect, test } from '@jest/globals'
import { adviceOf } from '../../dashboard/src/pages/overview/advice.ts'
import { FINDING_TYPES } from '../../shared/domain/finding.ts'
import { NO_FINDINGS } from './pages/wire-company.ts'

const NOBODY = { people: 0, owners: 0 }

type Severities = typeof NO_FINDINGS.mostSevere

interface Facts {
  readonly outsiders?: typeof NOBODY
  readonly usedAfterRemoval?: number
  readonly windowDays?: number
  readonly severities?: Partial<Severities>
}

/** Of one finding of each type, as most are. */
const USUAL: Severities = {
  integration_problem: 'high',
  external_owner: 'high',
  not_in_roster: 'high',
  removal_not_done: 'high',
  leaver_key: 'medium',
  ownerless_key: 'medium',
  spend_spike: 'medium',
  key_expiring: 'medium',
  stale_key: 'medium',
  idle_member: 'low',
  eternal_key: 'low',
}

function sentences(
  byType: Partial<typeof NO_FINDINGS.byType>,
  { outsiders = NOBODY, usedAfterRemoval = 0, windowDays = 60, severities = {} }: Facts = {},
): string[] {
  const counts = { ...NO_FINDINGS.byType, ...byType }
  const mostSevere = { ...USUAL, ...severities }
  const overview = { outsiders, findings: { ...NO_FINDINGS, byType: counts, mostSevere } }
  const all = adviceOf({ overview, usedAfterRemoval, windowDays })
  return all.map(({ severity, sentence }) => `${severity}: ${sentence.map(({ text }) => text).join('')}`)
}

test('There is a sentence for each type of finding, and none for a type without any', () => {
  const one = Object.fromEntries(FINDING_TYPES.map((type) => [type, 1]))
  expect(sentences(one, { outsiders: { people: 1, owners: 1 } })).toEqual([
    'high: 1 person outside your domains has access; 1 is an owner.',
    'high: 1 organization cannot be read.',
    'high: 1 account belongs to people who left, or are not in the roster.',
    'high: 1 removal that was decided in a review is not done.',
    'medium: 1 key belongs to people who are gone.',
    'medium: 1 key has no owner.',
    'medium: 1 day cost far more than usual.',
    'medium: 1 key of Rollcall itself expires soon.',
    'medium: 1 key works and was not used in 60 days.',
    'low: 1 account older than a month had no use in 60 days.',
    'low: 1 old key never expires.',
  ])
  expect(sentences({})).toEqual([])
})

test('Keys that were used after their owner was removed come before what is less severe', () => {
  expect(
    sentences({ leaver_key: 5, ownerless_key: 1 }, { usedAfterRemoval: 2, severities: { leaver_key: 'high' } }),
  ).toEqual(['high: 5 keys belong to people who are gone; 2 were used after that.', 'medium: 1 key has no owner.'])
})

test('Outsiders of whom no owner is open are a note, above what is low', () => {
  expect(sentences({ idle_member: 3, stale_key: 1 }, { outsiders: { people: 9, owners: 2 } })).toEqual([
    'medium: 1 key works and was not used in 60 days.',
    'null: 9 people outside your domains have access; 2 are owners.',
    'low: 3 accounts older than a month had no use in 60 days.',
  ])
})

test('A sentence is as severe as the most severe of what it counts', () => {
  const counts = { leaver_key: 2, idle_member: 77, eternal_key: 1 }
  expect(sentences(counts, { severities: { leaver_key: 'low', idle_member: 'medium' } })).toEqual([
    'medium: 77 accounts older than a month had no use in 60 days.',
    'low: 2 keys belong to people who are gone.',
    'low: 1 old key never expires.',
  ])
})
