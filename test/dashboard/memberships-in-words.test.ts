import { expect, test } from '@jest/globals'
import {
  organizationLines,
  organizationsInWords,
  seatsInWords,
  statusesInWords,
  unknownCostsInWords,
  usesInWords,
} from '../../dashboard/src/pages/people/memberships-in-words.ts'

const named = (...names: string[]) => names.map((integrationName) => ({ integrationName }))
const seats = (...types: ('member' | 'guest' | null)[]) =>
  types.map((type) => ({ seat: type && { type, reason: 'default' as const } }))
const uses = (...licenses: ('in_use' | 'unused' | 'no_data' | null)[]) => licenses.map((license) => ({ license }))

test('Names two organizations, and counts more', () => {
  expect(organizationsInWords(named('A', 'B'))).toBe('A and B')
  expect(organizationsInWords(named('A', 'B', 'C', 'D'))).toBe('A, B and 2 more')
  expect(organizationLines(named('A', 'B'))).toEqual(['A', 'B'])
  expect(organizationLines(named('A', 'B', 'C'))).toEqual(['3 organizations', 'A, B, C'])
  expect(organizationLines([])).toEqual(['None any more'])
})

test('Names each type of seat once', () => {
  expect(seatsInWords(seats('guest'))).toBe('Guest')
  expect(seatsInWords(seats('member', null))).toBe('Member')
  expect(seatsInWords(seats('member', 'member', 'guest'))).toBe('Member, guest')
  expect(seatsInWords(seats('guest', 'guest'))).toBe('Guest')
  expect(seatsInWords(seats(null))).toBeUndefined()
})

test('Says of how many seats there is use', () => {
  expect(usesInWords(uses('in_use', null))).toBe('In use')
  expect(usesInWords(uses('in_use', 'unused'))).toBe('Used 1 of 2')
  expect(usesInWords(uses('unused', 'no_data'))).toBe('No use')
  expect(usesInWords(uses('no_data'))).toBe('No use data')
  expect(usesInWords(uses(null))).toBe('–')
})

test('Names each status of accounts once', () => {
  const statuses = (['disabled', 'removed', 'disabled'] as const).map((accountStatus) => ({ accountStatus }))
  expect(statusesInWords(statuses)).toBe('Disabled, removed')
})

test('Names the used organizations whose costs are not known', () => {
  const cost = { amount: '1', currency: 'USD' }
  const read = { integrationName: 'A', requests: 2, cost }
  expect(unknownCostsInWords([read, { ...read, requests: 0, cost: null }])).toBeUndefined()
  expect(unknownCostsInWords([read, { ...read, integrationName: 'B', cost: null }])).toBe('Without B')
})
