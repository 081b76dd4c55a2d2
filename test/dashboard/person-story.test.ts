import { expect, test } from '@jest/globals'
import { personStory, type PersonStoryFacts } from '../../dashboard/src/pages/person/person-story.ts'
import type { WireMembership } from '../../dashboard/src/pages/people/memberships-in-words.ts'
import { wireMembership, wireOtherMembership, wirePerson } from './pages/wire-people.ts'

const dollars = (amount: string) => ({ cost: { amount, currency: 'USD' } })

function story(person: Parameters<typeof wirePerson>[0] = {}, facts: Partial<PersonStoryFacts> = {}): string {
  return personStory({
    person: wirePerson(person),
    departure: null,
    keys: [],
    windowDays: 60,
    today: '2026-11-24',
    ...facts,
  })
}

const BOTH = { memberships: [wireMembership(), wireOtherMembership()] }

test('Says where somebody has access, what they use and what it costs', () => {
  expect(story()).toBe(
    'In Acme Europe as reader. Last used the API on Nov 20: 71 requests in 60 days, which cost $12.50.',
  )
})

test('Names each organization of several, the one that was used last, and a seat that is not used', () => {
  expect(story(BOTH)).toBe(
    'In Acme Europe as reader and in Acme Labs as admin. ' +
      'Last used the API on Nov 20 in Acme Europe: 71 requests in 60 days, which cost $12.50. ' +
      'No use of the seat in Acme Labs.',
  )
})

test('Names the organizations whose costs are known, if those of others that were used were not read', () => {
  const other = { requests: 20, lastActiveOn: '2026-11-19', license: 'in_use' as const }
  const withOther = (cost: WireMembership['cost']) =>
    story({ memberships: [wireMembership(), wireOtherMembership({ ...other, cost })] })
  expect(withOther(null)).toContain('71 requests in 60 days, of which those in Acme Europe cost $12.50.')
  expect(withOther({ amount: '0', currency: 'USD' })).toContain('71 requests in 60 days, which cost $12.50.')
  expect(story({ memberships: [wireMembership(), wireOtherMembership({ requests: 0, cost: null })] })).toContain(
    ', which cost $12.50.',
  )
})

test('Begins with the department and the manager', () => {
  expect(story({ department: 'Research', manager: 'Zoe' })).toMatch(
    /^Research \(manager Zoe\): in Acme Europe as reader\. /,
  )
  expect(story({ department: 'Research' })).toMatch(/^Research: in Acme Europe/)
  expect(story({ manager: 'Zoe' })).toMatch(/^Manager Zoe: in Acme Europe/)
})

test('Somebody who left the company and still has access and a live key is told first', () => {
  const departure = { endedOn: '2026-11-03' }
  expect(story(BOTH, { departure, keys: [dollars('41')] })).toMatch(
    /^Left the company on Nov 3 \(roster\), still has access in 2 organizations and 1 working key that cost \$41\.00 in the last 60 days\. Last used/,
  )
  expect(story({}, { departure: { endedOn: '2025-11-03' } })).toMatch(
    /^Left the company on Nov 3, 2025 \(roster\), still has access in Acme Europe\./,
  )
  expect(story({}, { departure: { endedOn: null }, keys: [dollars('0')] })).toMatch(
    /^Not in the roster of employees, still has access in Acme Europe and 1 working key\./,
  )
})

test('Counts only active accounts as access of somebody who left', () => {
  const memberships = [wireMembership(), wireOtherMembership({ accountStatus: 'disabled', license: null, seat: null })]
  expect(story({ memberships }, { departure: { endedOn: null } })).toMatch(/still has access in Acme Europe\. /)
  const off = memberships.map((each) => ({ ...each, accountStatus: 'disabled' as const }))
  expect(story({ memberships: off }, { departure: { endedOn: null } })).toMatch(/^[^.]*, without access\. /)
})

test('Counts an organization once, however many accounts somebody has in it', () => {
  const memberships = [wireMembership(), wireMembership({ userId: 'second' })]
  const told = story({ memberships }, { departure: { endedOn: null } })
  expect(told).toContain('still has access in Acme Europe. ')
  expect(told).toContain('Last used the API on Nov 20 in Acme Europe: ')
  const three = [...memberships, wireOtherMembership()]
  expect(story({ memberships: three }, { departure: { endedOn: null } })).toContain('access in 2 organizations.')
})

test('Adds costs of keys within a currency, and never across', () => {
  const keys = [dollars('1.1'), dollars('2.2'), { cost: { amount: '3', currency: 'EUR' } }, { cost: null }]
  expect(story({}, { keys })).toContain('with 4 working keys that cost $3.30 and €3.00 in the last 60 days.')
})

test('Says when somebody was removed from all or from some organizations, and what is left', () => {
  const removed = { accountStatus: 'removed', seat: null, license: null } as const
  const gone = { memberships: [wireMembership(removed)] }
  expect(story(gone)).toMatch(/^No longer in any organization\. /)
  expect(story(gone, { keys: [dollars('41')] })).toMatch(
    /^No longer in any organization, but with 1 working key that cost \$41\.00 in the last 60 days\. /,
  )
  const partly = { memberships: [wireMembership(), wireOtherMembership(removed)] }
  expect(story(partly)).toMatch(/^In Acme Europe as reader\. .* Removed from Acme Labs\.$/)
})

test('Says that there was no use, or that nothing is known of it', () => {
  const idle = { lastActiveOn: null, requests: 0, costs: [] }
  const unused = { license: 'unused', lastActiveOn: null } as const
  expect(story({ ...idle, memberships: [wireMembership(unused)] })).toBe(
    'In Acme Europe as reader. No use of the API known in the last 60 days.',
  )
  const unknown = { license: 'no_data', lastActiveOn: null } as const
  expect(story({ ...idle, memberships: [wireMembership(unknown)] })).toContain(
    'Whether they use the API is not known: no use is attributed to any person.',
  )
})

test('Says what is not known when findings or keys could not be loaded', () => {
  const ofFindings = 'Whether they left the company is not known, since what was found about them could not be loaded.'
  const ofKeys = 'Their working keys could not be loaded.'
  const known = story()
  expect(story({}, { departure: undefined })).toBe(`${known} ${ofFindings}`)
  expect(story({}, { keys: undefined })).toBe(`${known} ${ofKeys}`)
  expect(story({}, { departure: undefined, keys: undefined })).toBe(`${known} ${ofFindings} ${ofKeys}`)
})

test('Does not say that somebody who left is without access while their keys are not known', () => {
  const memberships = [wireMembership({ accountStatus: 'disabled', license: null, seat: null })]
  const told = story({ memberships }, { departure: { endedOn: '2026-11-03' }, keys: undefined })
  expect(told).toMatch(
    /^Left the company on Nov 3 \(roster\), without an active account\. .* keys could not be loaded\.$/,
  )
})
