import { expect, test } from '@jest/globals'
import { domainOf, isWithinDomains } from '../../shared/domain/company-domains.ts'
import { inferCompanyDomains } from '../../shared/domain/inferred-domains.ts'
import { aPerson } from '../builders.ts'

test.each([
  ['ana@acme.example', 'acme.example'],
  ['Ana@ACME.Example ', 'acme.example'],
  ['ana@acme.example.', 'acme.example'],
  ['"ana@other.example"@acme.example', 'acme.example'],
  ['ana@', null],
  ['ana', null],
  ['', null],
  [null, null],
])('The domain of the address %j is %j: what stands behind its last @', (email, domain) => {
  expect(domainOf(email)).toBe(domain)
})

test.each([
  ['acme.example', true],
  ['EU.acme.example', true],
  ['acme.example.other.example', false],
  ['notacme.example', false],
  ['example', false],
])('%s lies within the company domain @Acme.example: %s', (domain, expected) => {
  expect(isWithinDomains(domain, ['elsewhere.example', '@Acme.example'])).toBe(expected)
})

test('Only active owners who are people and there say what the company’s domains are', () => {
  const owner = (userId: string, overrides: Parameters<typeof aPerson>[0] = {}) =>
    aPerson({ userId, role: 'Owner', email: `${userId}@${userId}.example`, ...overrides })
  const people = [
    owner('there'),
    owner('service', { kind: 'service_account' }),
    owner('banned', { accountStatus: 'banned' }),
    owner('gone', { removedAt: '2026-11-01T00:00:00.000Z' }),
    owner('reader', { role: 'reader' }),
    owner('nameless', { email: null }),
  ]
  expect(inferCompanyDomains(people)).toEqual(['there.example'])
})
