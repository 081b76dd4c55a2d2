import { expect, test } from '@jest/globals'
import { asOffered, rolesToOffer } from '../../dashboard/src/pages/members/roles-to-offer.ts'

test('Roles that differ only in case are offered once, as the first is written', () => {
  expect(rolesToOffer(['reader', 'owner', 'Reader'])).toEqual(['reader', 'owner'])
})

test('A role that an address asks for is the one that is offered, whatever its case', () => {
  expect(asOffered('READER', ['reader', 'owner'])).toBe('reader')
  expect(asOffered('billing manager', ['reader', 'owner'])).toBe('billing manager')
})
