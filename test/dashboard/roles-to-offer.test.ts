import { expect, test } from '@jest/globals'
import { asOffered, rolesToOffer } from '../../dashboard/src/pages/members/roles-to-offer.ts'

test('Roles that differ only in case are offered once, in the first spelling', () => {
  expect(rolesToOffer(['reader', 'owner', 'Reader'])).toEqual(['reader', 'owner'])
})

test('A role in an address matches the offered one in any case', () => {
  expect(asOffered('READER', ['reader', 'owner'])).toBe('reader')
  expect(asOffered('billing manager', ['reader', 'owner'])).toBe('billing manager')
})
