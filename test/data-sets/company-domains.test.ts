import { describe, expect, test } from '@jest/globals'
import {
  domainOf,
  isWithinDomains,
  normalizeDomain,
  uniqueDomains,
} from '../../shared/data-sets/directory/company-domains.ts'
import { inferCompanyDomains } from '../../shared/data-sets/directory/inferred-domains.ts'
import { companyDomains } from '../../shared/contracts/fields.ts'
import { aPerson, RULES } from '../builders.ts'

/*
 * “Domains compare in ASCII (UTS 46), without case; a subdomain matches its parent; both spellings are accepted and
 * answered as entered.”
 */

const PUNYCODE = 'xn--mller-kva.example'

describe('A domain in letters and in punycode is one', () => {
  test.each([
    'müller.example',
    'MÜLLER.example',
    'mu\u0308ller.example',
    'XN--MLLER-KVA.Example',
    '@müller.example',
    'ｍüller.example.',
  ])('%s', (spelling) => {
    expect(normalizeDomain(spelling)).toBe(PUNYCODE)
    expect(domainOf(`ana@${spelling}`)).toBe(PUNYCODE)
  })

  test.each([
    ['eu.müller.example', [PUNYCODE], true],
    [`eu.${PUNYCODE}`, ['MÜLLER.example'], true],
    ['notmüller.example', ['müller.example'], false],
    ['muller.example', ['müller.example'], false],
    ['例.example', ['例。example'], true],
  ])('%s within %j is %p', (domain, known, isWithin) => {
    expect(isWithinDomains(domain, known)).toBe(isWithin)
  })

  test.each([
    ['x.example/y', 'x.example/y'],
    ['ü:80', 'ü:80'],
    ['a b', 'a b'],
    ['ü\u202e.example', 'ü\u202e.example'],
    ['1.2', '1.2'],
    ['', ''],
  ])('what is no domain, such as %j, stays as it is', (text, normalized) => {
    expect(normalizeDomain(text)).toBe(normalized)
  })

  test('of two spellings the one entered first is kept', () => {
    expect(uniqueDomains(['müller.example', PUNYCODE, 'acme.example'])).toEqual(['müller.example', 'acme.example'])
    expect(uniqueDomains([PUNYCODE, 'müller.example'])).toEqual([PUNYCODE])
  })
})

describe('Company domains as people enter them', () => {
  test.each([
    ['müller.example', 'müller.example'],
    [' MÜLLER.Example ', 'müller.example'],
    [PUNYCODE, PUNYCODE],
    ['mu\u0308ller.example', 'müller.example'],
    ['пример.рф', 'пример.рф'],
  ])('%j is accepted, and answered as %s', (entered, answered) => {
    expect(companyDomains.parse([entered])).toEqual([answered])
  })

  test.each([
    'müller',
    '@müller.example',
    'müller.example.',
    'mü ller.example',
    'mül\u00adler.example',
    'mül\u200dler.example',
    'ü\u202e.example',
    'ü.example/x',
    'ü:80',
    'ü.1.2',
    `${'ü'.repeat(64)}.example`,
    `ü.sk-admin-${'0'.repeat(20)}.example`,
    `ü.ｓｋ-admin-${'0'.repeat(20)}.example`,
  ])('%j is refused', (entered) => {
    expect(companyDomains.safeParse([entered]).success).toBe(false)
  })
})

/*
 * “…infers them from the active owners' domains, without public mail providers and without those under which nobody but
 * owners is listed, unless that leaves none.”
 */
describe('Inferred company domains', () => {
  const owner = (userId: string, email: string, overrides = {}) =>
    aPerson({ userId, email, role: 'owner', ...overrides })
  const reader = (userId: string, email: string, overrides = {}) =>
    aPerson({ userId, email, role: 'reader', ...overrides })
  const acme = [owner('a', 'a@acme.example'), reader('b', 'b@acme.example')]

  test.each([
    ['leave out an owner from outside', [...acme, owner('x', 'x@adviser.example')], ['acme.example']],
    [
      'leave out one whose colleague is an owner, too',
      [...acme, owner('x', 'x@adviser.example'), owner('y', 'y@adviser.example')],
      ['acme.example'],
    ],
    [
      'keep a second company',
      [...acme, owner('x', 'x@zeta.example'), reader('y', 'y@zeta.example')],
      ['acme.example', 'zeta.example'],
    ],
    [
      'count who is under a subdomain',
      [owner('a', 'a@acme.example'), reader('b', 'b@eu.acme.example'), owner('x', 'x@adviser.example')],
      ['acme.example'],
    ],
    [
      'do not count who is above',
      [
        owner('a', 'a@eu.acme.example'),
        reader('b', 'b@acme.example'),
        owner('c', 'c@zeta.example'),
        reader('d', 'd@zeta.example'),
      ],
      ['zeta.example'],
    ],
    [
      'are all of the owners’ where nobody else is listed',
      [owner('a', 'a@acme.example'), owner('x', 'x@adviser.example')],
      ['acme.example', 'adviser.example'],
    ],
    [
      'are all of the owners’ where all others are from elsewhere',
      [owner('a', 'a@acme.example'), reader('b', 'b@other.example')],
      ['acme.example'],
    ],
    [
      'count listed people who are disabled',
      [
        owner('a', 'a@acme.example'),
        reader('b', 'b@acme.example', { accountStatus: 'disabled' }),
        owner('x', 'x@adviser.example'),
      ],
      ['acme.example'],
    ],
    [
      'do not count who was removed',
      [
        owner('a', 'a@acme.example'),
        reader('b', 'b@acme.example', { removedAt: '2026-11-01T00:00:00.000Z' }),
        owner('x', 'x@zeta.example'),
        reader('y', 'y@zeta.example'),
      ],
      ['zeta.example'],
    ],
    [
      'do not count service accounts',
      [...acme, owner('x', 'x@bots.example'), reader('y', 'y@bots.example', { kind: 'service_account' })],
      ['acme.example'],
    ],
    [
      'do not count an owner who is disabled',
      [...acme, owner('x', 'x@adviser.example'), owner('y', 'y@adviser.example', { accountStatus: 'disabled' })],
      ['acme.example'],
    ],
    [
      'count a role that OpenAI does not say',
      [owner('a', 'a@acme.example'), reader('b', 'b@acme.example', { role: null }), owner('x', 'x@adviser.example')],
      ['acme.example'],
    ],
    [
      'leave out public mail first',
      [owner('a', 'a@acme.example'), owner('x', 'x@gmail.com'), reader('y', 'y@gmail.com')],
      ['acme.example'],
    ],
    ['are none with public mail alone', [owner('x', 'x@gmail.com'), reader('y', 'y@gmail.com')], []],
    [
      'are one in letters and in punycode',
      [owner('a', 'a@MÜLLER.example'), owner('b', `b@${PUNYCODE}`), reader('c', 'c@müller.example')],
      [PUNYCODE],
    ],
  ])('%s', (_title, people, domains) => {
    expect(inferCompanyDomains(people, RULES)).toEqual(domains)
  })
})
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
  expect(inferCompanyDomains(people, RULES)).toEqual(['there.example'])
})
