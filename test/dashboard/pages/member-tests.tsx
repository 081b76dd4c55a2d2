import { describe, expect, test } from '@jest/globals'
import { formatUtcDate } from '../../../dashboard/src/format/format-time.ts'
import { waitUntil } from '../../watchdog.ts'
import { openLoadedPage, type Answers } from './open-page.tsx'
import { rowsOf, sectionCalled, termsIn, textOf } from './read-page.ts'
import { wireKey, wireKeys, wireOtherKinds } from './wire-lists.ts'
import { AS_OF, dataSetState, ID, PATH, wireIntegration, wireLicenses, wireMe, wireUser } from './wire.ts'

const FACTS = {
  role: 'Role',
  addedAt: 'In the organization since',
  removedAt: 'No longer found since',
  lastLoginOn: 'Last sign-in',
}
const TOTALS = { input: 'Input tokens', cached: 'Cached input tokens', output: 'Output tokens', requests: 'Requests' }
const SECTIONS = { kinds: 'Other kinds of use', keys: 'Keys' }

const KEYS = `${PATH}/keys`
const NEVER = { state: 'never_read', syncedAt: null, from: null, to: null } as const
const READ = ['directory', 'usage', 'other_usage', 'keys'].map((id) => dataSetState({ id }))
const REMOVED = wireUser({
  id: 'gone',
  name: null,
  seat: null,
  license: null,
  accountStatus: 'removed',
  removedAt: '2026-10-11T12:00:00.000Z',
})
const IDLE = wireUser({ license: 'unused', lastActiveOn: null, lastActivitySource: null, requests: 0 })

const ANSWERS: Answers = {
  '/v1/me': wireMe('viewer'),
  [PATH]: wireIntegration({ dataSets: READ }),
  [`${PATH}/licenses`]: wireLicenses({
    sources: ['usage', 'other_usage', 'keys'],
    licenses: { inUse: 1, unused: 1, noData: 0 },
  }),
  [KEYS]: wireKeys([]),
}

function openMember(
  user = wireUser(),
  usage: unknown = { items: [], nextCursor: null, asOf: AS_OF },
  answers: Answers = {},
) {
  const path = `${PATH}/users/${user.id}`
  const all = { ...ANSWERS, [path]: user, [`${path}/usage`]: usage, ...answers }
  return openLoadedPage(`/integrations/${ID}/members/${user.id}`, 'dl', all)
}

describe('The page of one member', () => {
  test('shows each field under its name', async () => {
    const { page } = await openMember()
    const shown = termsIn(page)
    expect(shown).toMatchObject({
      [FACTS.role]: ['reader'],
      [TOTALS.requests]: ['71', 'on 2 days of 4'],
      [TOTALS.input]: ['800', {}],
      [TOTALS.cached]: ['73', '9% of input'],
      [TOTALS.output]: ['74', {}],
    })
    expect(shown).toHaveProperty('Workspaces')
    expect(shown[FACTS.addedAt]?.[0]).toContain(formatUtcDate(wireUser().addedAt))
    expect(shown).not.toHaveProperty([FACTS.removedAt])
    expect(shown).not.toHaveProperty([FACTS.lastLoginOn])
    expect([...page.querySelectorAll('h2')].map((heading) => textOf(heading))).toContain('Ada Lovelace')
  })

  test('shows no share of nothing, and when a person was removed', async () => {
    const { page } = await openMember({
      ...REMOVED,
      requests: 0,
      inputTokens: 0,
      cachedInputTokens: 0,
      dailyRequests: [],
    })
    const shown = termsIn(page)
    expect(shown).toMatchObject({ [TOTALS.requests]: ['0', 'on 0 days of 0'], [TOTALS.cached]: ['0', '0% of input'] })
    expect(shown[FACTS.removedAt]?.[0]).toContain(formatUtcDate(REMOVED.removedAt ?? ''))
    expect(textOf(page)).not.toMatch(/NaN|Infinity|undefined|null/)
  })
})

describe('The story on a member’s page', () => {
  test('says what is known of their use, with the kinds of the last day', async () => {
    const user = wireUser({ lastActivitySource: 'other_usage', otherRequests: 5 })
    const images = { kind: 'images', requests: 5, quantity: 9, unit: 'images' } as const
    const { page } = await openMember(user, wireOtherKinds({ '2026-11-20': [images] }))
    const story = 'Added Mar 4. Last used the API on Nov 20 (images), 71 requests and 5 of other kinds in 60 days.'
    await waitUntil(
      'the story',
      () => textOf(page).includes(story),
      () => textOf(page),
    )
    expect(textOf(page)).toContain('Use is known from requests, other kinds of usage and keys.')
    expect(textOf(page)).not.toContain('sign')
  })

  test('names the last sign-in when sign-ins were read', async () => {
    const dataSets = [...READ, dataSetState({ id: 'logins', from: '2026-10-15' })]
    const { page } = await openMember({ ...IDLE, lastLoginOn: '2026-11-03' }, undefined, {
      [PATH]: wireIntegration({ dataSets }),
    })
    const story = 'Added Mar 4, never used the API in the last 60 days, last signed in Nov 3.'
    await waitUntil(
      'the story',
      () => textOf(page).includes(story),
      () => textOf(page),
    )
    expect(termsIn(page)[FACTS.lastLoginOn]?.[0]).toMatch(/^Nov 3, 2026 \(UTC\)/)
  })

  test('does not say “never” of what was not read, and names it with the reason', async () => {
    const dataSets = [...READ.slice(0, 2), ...['other_usage', 'keys'].map((id) => dataSetState({ id, ...NEVER }))]
    const { page, queriesTo } = await openMember(IDLE, undefined, { [PATH]: wireIntegration({ dataSets }) })
    const story =
      'Added Mar 4, no use of the API known in the last 60 days. Other kinds of usage and keys were not read.'
    await waitUntil(
      'the story',
      () => textOf(page).includes(story),
      () => textOf(page),
    )
    expect(textOf(page)).toContain('Not read: other kinds of usage and keys (switched off, or not synced yet).')
    const reasons = [SECTIONS.kinds, SECTIONS.keys].map((name) =>
      textOf(sectionCalled(page, name).querySelector(':scope > p')),
    )
    expect(reasons).toEqual([
      'Other kinds of usage were not read: switched off, or not synced yet.',
      'Keys were not read: switched off, or not synced yet.',
    ])
    expect(queriesTo(KEYS).length).toBeLessThanOrEqual(1)
  })

  test('judges nobody by the absence of use when none is attributed to anybody', async () => {
    const { page } = await openMember(IDLE, undefined, { [`${PATH}/licenses`]: wireLicenses() })
    await waitUntil('the story', () => textOf(page).includes('no use is attributed to any person.'))
  })
})

describe('The evidence on a member’s page', () => {
  test('has their kinds of use, each with its requests and its quantity in its own unit', async () => {
    const usage = wireOtherKinds({
      '2026-11-20': [{ kind: 'audio_speeches', requests: 2, quantity: 900, unit: 'characters' }],
      '2026-11-21': [
        { kind: 'audio_speeches', requests: 1, quantity: 334, unit: 'characters' },
        { kind: 'embeddings', requests: 8, quantity: null, unit: null },
      ],
    })
    const { page } = await openMember(wireUser(), usage)
    const rows = [...sectionCalled(page, SECTIONS.kinds).querySelectorAll('tbody tr')].map((row) =>
      [...row.children].map((cell) => textOf(cell)),
    )
    expect(rows).toEqual([
      ['Embeddings', '8', '–'],
      ['Audio speeches', '3', '1,234 characters'],
    ])
  })

  test('has their keys, asked for by their id', async () => {
    const key = wireKey({ expiresAt: null, findings: ['stale_key', 'eternal_key'] })
    const { page, queriesTo } = await openMember(wireUser(), undefined, { [KEYS]: wireKeys([key]) })
    const keys = sectionCalled(page, SECTIONS.keys)
    const [row] = rowsOf(await waitUntil('the keys', () => keys.querySelector('[role=table]')))
    expect(Object.values(row ?? {}).map((cell) => textOf(cell))).toEqual([
      'Nightly job…WXYZ Search',
      'Created May 6, 2026',
      'Last used Nov 23, 2026',
      'Expires Never',
      'Active',
      'Not usedNever expires',
    ])
    expect(queriesTo(KEYS)).toEqual([{ ownerId: 'user-ada', limit: '100' }])
  })

  test('leads on to all of their keys when there are more', async () => {
    const { page } = await openMember(wireUser(), undefined, { [KEYS]: wireKeys([wireKey()], { total: 130 }) })
    const link = await waitUntil('the link', () => sectionCalled(page, SECTIONS.keys).querySelector('p a'))
    expect([textOf(link), link.getAttribute('href')]).toEqual([
      'Show all 130 keys in the list of keys',
      `/integrations/${ID}/keys?ownerId=user-ada`,
    ])
  })
})
