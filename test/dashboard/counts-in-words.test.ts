import { expect, test } from '@jest/globals'
import { countInWords, hiddenInWords } from '../../dashboard/src/pages/members/counts-in-words.ts'

const counted = { people: { active: 10_000, disabled: 4, banned: 1 }, serviceAccounts: 12 }

test('A filtered view shows its count and the total', () => {
  expect(countInWords(1_234, { q: 'al' }, counted)).toBe('1,234 of 10,000 people')
  expect(countInWords(0, { idleDays: '30' }, counted)).toBe('0 of 10,000 people')
  expect(countInWords(3, { kind: 'service_account', q: 'bot' }, counted)).toBe('3 of 12 service accounts')
})

test('A view of everybody shows one number', () => {
  expect(countInWords(10_000, {}, counted)).toBe('10,000 people')
  expect(countInWords(1, {}, { ...counted, people: { active: 1, disabled: 0, banned: 0 } })).toBe('1 person')
  expect(countInWords(10_012, { kind: 'any' }, counted)).toBe('10,012 people and service accounts')
})

test('Without a defined total only the count is shown', () => {
  expect(countInWords(4, { accountStatus: 'disabled' }, counted)).toBe('4 people')
  expect(countInWords(7, { accountStatus: 'removed', q: 'al' }, counted)).toBe('7 people')
  expect(countInWords(7, { q: 'al' }, undefined)).toBe('7 people')
})

const SHOWN = { accountStatus: 'active', kind: 'person' } as const
const REMOVED = { accountStatus: 'removed', kind: 'person' } as const
const BANNED = { accountStatus: 'banned', kind: 'person' } as const
const BOT = { accountStatus: 'active', kind: 'service_account' } as const

test('Hidden matches are counted by the reason', () => {
  const users = [SHOWN, REMOVED, REMOVED, BANNED, BOT]
  expect(hiddenInWords(4, users, {})).toBe('4 matches are not shown: 2 removed, 1 banned, 1 service account.')
  expect(hiddenInWords(5, users, { seat: 'guest' })).toBe(
    '5 matches are not shown: 2 removed, 1 banned, 1 service account, 1 left out by filters.',
  )
  expect(hiddenInWords(1, [REMOVED, SHOWN], { accountStatus: 'removed' })).toBe('One match is not shown: 1 active.')
  expect(hiddenInWords(1, [BOT, SHOWN], { kind: 'service_account', accountStatus: 'any' })).toBe(
    'One match is not shown: 1 person.',
  )
})

test('Too many hidden matches are only counted', () => {
  expect(hiddenInWords(1_234, [], {})).toBe('1,234 matches are not shown.')
})
