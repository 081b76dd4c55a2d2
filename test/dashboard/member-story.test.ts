import { describe, expect, test } from '@jest/globals'
import { memberStory, type StoryFacts } from '../../dashboard/src/pages/member/member-story.ts'

const WINDOW = { from: '2026-10-01', to: '2026-11-29' }
const LOGINS = { from: '2026-10-15', to: '2026-11-29' }
const SWITCHED_OFF = { isPartlyRead: false, why: 'switched off, or not synced yet' }

/** The story of an active member who was added on August 12 and is not known to have done anything. */
function storyOf(user: Partial<StoryFacts['user']>, facts: Partial<Omit<StoryFacts, 'user'>> = {}): string {
  return memberStory({
    user: {
      kind: 'person',
      accountStatus: 'active',
      seat: { type: 'member', reason: 'company_domain' },
      lastActiveOn: null,
      lastActivitySource: null,
      lastLoginOn: null,
      requests: 0,
      otherRequests: 0,
      addedAt: '2026-08-12T01:46:28.000Z',
      removedAt: null,
      ...user,
    },
    window: WINDOW,
    lastKinds: [],
    unread: [],
    isUseAttributed: true,
    logins: null,
    ...facts,
  })
}

const USED = { lastActiveOn: '2026-11-27', lastActivitySource: 'usage', requests: 1_204 } as const

describe('The story of somebody without use', () => {
  test('says since when they are there, and in which days they did not use the API', () => {
    expect(storyOf({})).toBe('Added Aug 12, never used the API in the last 60 days.')
  })

  test('says “never” without days when everything since they were added was read', () => {
    expect(storyOf({ addedAt: '2026-10-01T00:00:00.000Z' })).toBe('Added Oct 1, never used the API.')
    expect(storyOf({ addedAt: '2026-09-30T23:59:59.000Z' })).toContain('in the last 60 days')
    expect(storyOf({ addedAt: null })).toBe('Never used the API in the last 60 days.')
  })

  test('names their last sign-in, which is no use', () => {
    expect(storyOf({ lastLoginOn: '2026-11-03' }, { logins: LOGINS })).toBe(
      'Added Aug 12, never used the API in the last 60 days, last signed in Nov 3.',
    )
  })

  test('says since when no sign-in is known, and up to when, if sign-ins were read', () => {
    expect(storyOf({}, { logins: LOGINS })).toContain(', no sign-in since Oct 15.')
    expect(storyOf({}, { logins: { ...LOGINS, to: '2026-11-20' } })).toContain(', no sign-in from Oct 15 to Nov 20.')
  })

  test('says nothing of sign-ins while they are not read', () => {
    expect(storyOf({})).not.toContain('sign')
  })

  test.each([
    [[{ label: 'keys', ...SWITCHED_OFF }], 'Keys were not read.'],
    [
      [
        { label: 'other kinds of usage', ...SWITCHED_OFF },
        { label: 'keys', ...SWITCHED_OFF },
      ],
      'Other kinds of usage and keys were not read.',
    ],
    [
      [{ label: 'other kinds of usage', isPartlyRead: true, why: 'without images' }],
      'Other kinds of usage were read only in part.',
    ],
  ])('never says “never” while a source of use was not wholly read', (unread, sentence) => {
    const recent = { addedAt: '2026-11-02T00:00:00.000Z' }
    expect(storyOf(recent, { unread })).toBe(`Added Nov 2, no use of the API known in the last 60 days. ${sentence}`)
  })

  test('does not call them idle when no use is attributed to anybody', () => {
    expect(storyOf({}, { isUseAttributed: false, logins: LOGINS })).toBe(
      'Added Aug 12. Whether they use the API is not known: no use is attributed to any person. No sign-in since Oct 15.',
    )
  })
})

describe('The story of somebody with use', () => {
  test('says when they last used the API, how much in which days, and when they last signed in', () => {
    expect(storyOf({ ...USED, lastLoginOn: '2026-11-03' }, { logins: LOGINS })).toBe(
      'Added Aug 12. Last used the API on Nov 27, 1,204 requests in 60 days. Last signed in Nov 3.',
    )
  })

  test('names the kinds of their last day when it is known from other kinds, and counts them apart', () => {
    const user = { ...USED, lastActivitySource: 'other_usage', otherRequests: 31 } as const
    expect(storyOf(user, { lastKinds: ['images', 'audio_speeches'] })).toBe(
      'Added Aug 12. Last used the API on Nov 27 (images and audio speeches), 1,204 requests and 31 of other kinds in 60 days.',
    )
    expect(storyOf(user, { lastKinds: [] })).toContain('on Nov 27, 1,204 requests')
  })

  test('with other kinds alone says so', () => {
    const user = { ...USED, lastActivitySource: 'other_usage', requests: 0, otherRequests: 1 } as const
    expect(storyOf(user, { lastKinds: ['images'] })).toBe(
      'Added Aug 12. Last used the API on Nov 27 (images), 1 request of other kinds in 60 days.',
    )
  })

  test('through a key alone names the key, and no requests', () => {
    const user = { ...USED, lastActivitySource: 'api_key', requests: 0 } as const
    expect(storyOf(user)).toBe('Added Aug 12. Last used an API key on Nov 27, no requests of their own in 60 days.')
  })

  test('before the days that were read has the year of a day in another year', () => {
    const user = { lastActiveOn: '2025-12-30', lastActivitySource: 'api_key' } as const
    expect(storyOf(user)).toContain('Last used an API key on Dec 30, 2025, no requests of their own in 60 days.')
  })

  test('says what was not read, too', () => {
    expect(storyOf(USED, { unread: [{ label: 'keys', ...SWITCHED_OFF }] })).toMatch(
      /in 60 days\. Keys were not read\.$/,
    )
  })
})

describe('The beginning of a story', () => {
  test.each([
    [{ seat: { type: 'guest', reason: 'external_domain' } }, 'Guest, added Aug 12, never used'],
    [{ seat: null, accountStatus: 'disabled' }, 'Added Aug 12, disabled, never used'],
    [{ seat: null, accountStatus: 'banned' }, 'Added Aug 12, banned, never used'],
    [
      { seat: null, accountStatus: 'removed', removedAt: '2026-11-20T06:00:00.000Z' },
      'Added Aug 12, no longer found since Nov 20, never used',
    ],
    [{ kind: 'service_account', seat: null }, 'Service account, added Aug 12, never used'],
  ] as const)('says who somebody is: %j', (user, beginning) => {
    expect(storyOf(user)).toMatch(new RegExp(`^${beginning}`))
  })

  test('says nothing of the sign-ins of service accounts, which have none', () => {
    expect(storyOf({ kind: 'service_account' }, { logins: LOGINS })).not.toContain('sign')
  })
})
