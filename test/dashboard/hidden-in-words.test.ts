import { expect, test } from '@jest/globals'
import { hiddenInWords } from '../../dashboard/src/pages/members/hidden-in-words.ts'

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
