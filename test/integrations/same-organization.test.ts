import { describe, expect, test } from '@jest/globals'
import { comparedOf, isSameOrganization, probesOf } from '../../shared/integrations/same-organization.ts'

/*
 * “At OpenAI 90 % of the first page of users have the id and the `added_at` of members stored here.”
 */

function people(count: number, overrides: { from?: number; addedAt?: string | null } = {}) {
  const { from = 0, addedAt = '2026-01-01T00:00:00.000Z' } = overrides
  return Array.from({ length: count }, (_, index) => ({ userId: `user-${from + index}`, addedAt }))
}

function isSame(listed: ReturnType<typeof people>, members: ReturnType<typeof people>): boolean {
  return isSameOrganization(comparedOf(listed), members)
}

describe('Two listings are of one organization', () => {
  test.each([
    ['when all are the same', people(30), people(30), true],
    ['when 90 of 100 are the same', people(100), people(90), true],
    ['not when 89 of 100 are', people(100), people(89), false],
    ['when 9 of 10 are the same', people(10), people(9), true],
    ['not when 8 of 9 are', people(9), people(8), false],
    ['when the first page of many is the same', people(250), people(100), true],
    ['not when only later pages are', people(250), people(150, { from: 100 }), false],
    ['when those stored are many more', people(20), people(5_000), true],
    [
      'not when the same people joined at other times',
      people(30),
      people(30, { addedAt: '2026-02-02T00:00:00.000Z' }),
      false,
    ],
    ['not when nobody is stored', people(30), [], false],
    ['when nobody knows when they joined', people(30, { addedAt: null }), people(30, { addedAt: null }), true],
    ['not when that is known of one only', people(30, { addedAt: null }), people(30), false],
    ['with five people in it', people(5), people(5), true],
    ['not with four: so few can have been put into two organizations at once', people(4), people(4), false],
    ['not with nobody', [], people(5), false],
  ] as const)('%s', (_title, listed, members, expected) => {
    expect(isSame([...listed], [...members])).toBe(expected)
  })
})

test.each([5, 9, 10, 11, 19, 20, 50, 99, 100])(
  'For a first page of %i of the same organization, at least one probe is stored, independent of who differs',
  (count) => {
    const compared = comparedOf(people(count))
    const probes = probesOf(compared)
    expect(probes.length).toBeLessThanOrEqual(11)
    // The worst case: all probes but one differ, and as many as may.
    expect(isSameOrganization(compared, people(count).slice(probes.length - 1))).toBe(true)
    expect(isSameOrganization(compared, people(count).slice(probes.length))).toBe(false)
  },
)
