import { expect, test } from '@jest/globals'
import { DEFAULT_THRESHOLDS } from '../../shared/domain/finding.ts'
import { notJudgedIn, unprovenTypes } from '../../shared/findings/not-judged.ts'
import type { Roster } from '../../shared/people/roster.ts'
import { anIntegration, aPerson, WINDOW } from '../builders.ts'
import { aKey } from '../data-sets/keys/a-key.ts'
import { judged } from './found-in.ts'

const KEY_TYPES = ['leaver_key', 'ownerless_key', 'stale_key', 'eternal_key']

test('What was read is judged', () => {
  expect(notJudgedIn(judged({}), { roster: null })).toEqual([])
})

test('Data sets that were not read are named, with their state and the types that are unknown without them', () => {
  const organization = {
    ...judged({ keys: null, costRows: null }),
    integration: anIntegration({ dataSetProblems: { keys: 'insufficient_permissions' } }),
  }
  expect(notJudgedIn(organization, { roster: null })).toMatchObject([
    { integrationName: 'Acme', dataSet: 'keys', state: 'not_permitted', types: KEY_TYPES },
    { dataSet: 'costs', state: 'never_read', types: ['spend_spike'] },
  ])
})

test('Before the first reading nothing is judged; the roster counts if there is one', () => {
  const organization = { ...judged({ keys: null, costRows: null }), directory: null }
  const types = (roster: Roster | null) => notJudgedIn(organization, { roster })[0]?.types
  expect(types(null)).toEqual(['external_owner', 'idle_member'])
  expect(types(new Map())).toEqual(['external_owner', 'not_in_roster', 'idle_member'])
})

test('Use that is attributed to nobody is named', () => {
  expect(notJudgedIn(judged({ people: [aPerson()], rows: [] }), { roster: null })).toMatchObject([
    { dataSet: 'usage', state: 'not_attributed', types: ['idle_member'] },
  ])
})

test('An absence proves nothing without company domains, without a roster, and where the use of a key is unknown', () => {
  const judgement = { today: WINDOW.to, roster: new Map(), thresholds: DEFAULT_THRESHOLDS }
  const unproven = (facts: Parameters<typeof judged>[0], roster: Roster | null = judgement.roster) => [
    ...unprovenTypes(judged(facts), { ...judgement, roster }),
  ]
  expect(unproven({ keys: [aKey('k')] })).toEqual([])
  expect(unproven({ companyDomains: [] })).toEqual(['external_owner', 'not_in_roster'])
  expect(unproven({}, null)).toEqual(['not_in_roster'])
  expect(unproven({ keys: [aKey('k', { isUseKnown: false })] })).toEqual(['stale_key'])
  expect(unproven({ keys: null })).toEqual([...KEY_TYPES, 'removal_not_done'])
})
