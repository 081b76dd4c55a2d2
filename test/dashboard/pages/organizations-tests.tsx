import { beforeAll, describe, expect, test } from '@jest/globals'
import type { WireIntegration } from '../../../shared/contracts/integration-contract.ts'
import { waitUntil } from '../../watchdog.ts'
import { openLoadedPage, openPage } from './open-page.tsx'
import { termsIn, textOf } from './read-page.ts'
import { ID, wireIntegration, wireMe, wireSync } from './wire.ts'

/** What the page calls each field of its answers. */
const COUNTS = { members: 'Members', guests: 'Guests', unused: 'No recent use' }
const BADGES = { connected: 'Connected', warned: 'Attention', action: 'Action required', syncing: 'Syncing' }
const EMPTY = 'No organization is connected yet'
const CONNECT = 'Connect an organization'

const KEY_PROBLEM = { code: 'invalid_admin_key', detail: 'The key was revoked.', since: '2026-11-24T12:00:00.000Z' }
const INTEGRATIONS: WireIntegration[] = [
  wireIntegration(),
  wireIntegration({
    id: 'BROKEN',
    name: 'Acme Asia',
    state: 'action_required',
    problem: KEY_PROBLEM,
    counts: { members: 100, guests: 200, inUse: 50, unused: 150, noData: 100 },
  }),
  wireIntegration({
    id: 'WARNED',
    name: 'Acme Africa',
    problem: { ...KEY_PROBLEM, code: 'schedule_missing', detail: 'The schedule is gone.' },
    counts: { members: 0, guests: 0, inUse: 0, unused: 0, noData: 0 },
  }),
  wireIntegration({
    id: 'NEW',
    name: 'Acme America',
    lastSuccessfulSyncAt: null,
    lastSync: wireSync({ state: 'running', finishedAt: null }),
    counts: { members: 0, guests: 0, inUse: 0, unused: 0, noData: 0 },
  }),
]

function answers(items: readonly WireIntegration[], role: 'viewer' | 'admin' = 'viewer') {
  return { '/v1/me': wireMe(role), '/v1/integrations': { items, nextCursor: null } }
}

describe('The page of all organizations', () => {
  let page: Element
  beforeAll(async () => {
    ;({ page } = await openLoadedPage('/organizations', 'article', answers(INTEGRATIONS)))
  })

  const cardOf = (id: string) => page.querySelector(`article:has(a[href="/integrations/${id}"])`) ?? page

  test('shows each organization’s figures, and none before its first sync', () => {
    const figuresOf = (id: string) => termsIn(cardOf(id))
    expect(figuresOf(ID)).toEqual({ [COUNTS.members]: ['31'], [COUNTS.guests]: ['32'], [COUNTS.unused]: ['34'] })
    expect(figuresOf('NEW')).toEqual({ [COUNTS.members]: ['–'], [COUNTS.guests]: ['–'], [COUNTS.unused]: ['–'] })
  })

  test('shows the state and the problem of each one', () => {
    const badges = Object.values(BADGES)
    const badgesOf = (id: string) =>
      [...cardOf(id).querySelectorAll('[data-kind]')]
        .map((each) => textOf(each))
        .filter((text) => badges.includes(text))
    expect(badgesOf(ID)).toEqual([BADGES.connected])
    expect(badgesOf('BROKEN')).toEqual([BADGES.action])
    expect(badgesOf('WARNED')).toEqual([BADGES.warned])
    expect(badgesOf('NEW')).toEqual([BADGES.connected, BADGES.syncing])
    expect(textOf(cardOf('BROKEN'))).toContain(KEY_PROBLEM.detail)
    expect(textOf(cardOf('WARNED'))).toContain('The schedule is gone.')
    expect(textOf(cardOf(ID))).not.toContain(KEY_PROBLEM.detail)
  })

  test('only lets admins connect one', async () => {
    expect(textOf(page)).not.toContain(CONNECT)
    const opened = await openLoadedPage('/organizations', 'article', answers(INTEGRATIONS, 'admin'))
    await waitUntil('who is signed in', () => textOf(opened.page).includes(CONNECT))
  })

  test('says when there is none, without figures', async () => {
    const opened = openPage('/organizations', answers([]))
    await waitUntil('the page', () => textOf(opened.page).includes(EMPTY))
    expect(opened.page.querySelectorAll('dl, article')).toHaveLength(0)
  })
})
