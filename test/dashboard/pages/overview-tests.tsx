import { screen, within } from '@testing-library/dom'
import { describe, expect, test } from '@jest/globals'
import { waitUntil } from '../../watchdog.ts'
import { openLoadedPage, openPage, type Answers } from './open-page.tsx'
import { sectionCalled, termsIn, textOf } from './read-page.ts'
import { ID, wireIntegration } from './wire.ts'
import {
  companyAnswers,
  KEYS_NOT_JUDGED,
  NO_FINDINGS,
  wireCostsNotRead,
  wireFindings,
  wireOverview,
} from './wire-company.ts'

const WHAT_TO_DO = 'What to do'
const ANSWERS: Answers = {
  ...companyAnswers(),
  '/v1/overview': wireOverview(),
  '/v1/findings': wireFindings([]),
}

const open = (answers: Answers = {}) => openLoadedPage('/', 'section', { ...ANSWERS, ...answers })

/** The sentences on what to do, each with its severity. */
function sentencesOn(page: Element): string[] {
  return [...sectionCalled(page, WHAT_TO_DO).querySelectorAll('li')].map((each) => textOf(each))
}

describe('The first page', () => {
  test('says what to do, the most important first, with how severe it is', async () => {
    const { page } = await open()
    expect(sentencesOn(page)).toEqual([
      'High9 people outside your domains have access; 2 are owners. Ask whether the owners still need that role.',
      'Medium11 keys work and were not used in the days that were read. Delete them, unless something needs them rarely.',
      'Low40 accounts older than a month had no use in the days that were read. Ask whether these people still need access.',
    ])
    expect(textOf(sectionCalled(page, WHAT_TO_DO))).toContain('53 findings: 2 high, 11 medium and 40 low.')
  })

  test('leads from each sentence to the list of exactly those', async () => {
    const { page } = await open()
    const card = within(page.querySelector('section') ?? document.body)
    const addressOf = (name: string) => card.getByRole('link', { name }).getAttribute('href')
    expect(addressOf('9 people outside your domains')).toBe('/people?outside=true')
    expect(addressOf('2 are owners')).toBe('/people?outside=true&owner=true')
    expect(addressOf('11 keys work and were not used in the days that were read')).toBe('/findings?type=stale_key')
    expect(addressOf('40 accounts older than a month had no use in the days that were read')).toBe(
      '/findings?type=idle_member',
    )
  })

  test('has the money beside it: this month so far, and its complete days against the same of the last', async () => {
    const { page } = await open({ '/v1/overview': wireOverview({ costsNotRead: [wireCostsNotRead()] }) })
    const spend = textOf(sectionCalled(page, 'Spend'))
    expect(spend).toContain('November 2026 so far$1,804.25')
    expect(spend).toContain('Nov 1 – Nov 22: $1,500.00, in the same days of October 2026: $1,200.00 (+25%).')
    expect(spend).toContain('Acme Asia: only those up to Nov 20, 2026; later ones could not be read.')
    expect(screen.getByRole('link', { name: 'Show the spend' }).getAttribute('href')).toBe('/spend')
  })

  test('keeps currencies apart, and compares nothing while no day of the month is complete', async () => {
    const [dollars] = wireOverview().costs
    const costs = [dollars, { ...dollars, currency: 'EUR', thisMonth: '7', finished: null }]
    const { page } = await open({ '/v1/overview': { ...wireOverview(), costs } })
    const spend = textOf(sectionCalled(page, 'Spend'))
    expect(spend).toContain('so far$1,804.25')
    expect(spend).toContain('so far€7.00All of October 2026: €2,210.75.')
  })

  test('counts people once and seats by organization, and says what no use means', async () => {
    const { page } = await open()
    const figures = page.querySelector('section[aria-label="People and seats"]') ?? page
    expect(termsIn(figures)).toEqual({
      People: ['231', 'each counted once'],
      Organizations: ['2', 'connected'],
      'Member seats': ['214', '87% of all seats'],
      'Guest seats': ['31', '13% of all seats'],
      'In use': ['180', '73% of all seats'],
      'No recent use': ['65', '27% of all seats'],
    })
    expect(textOf(figures)).toContain('A seat without use is access that may not be needed any more')
  })

  test('does not count an organization that cannot be read as connected', async () => {
    const integrations = { connected: 2, actionRequired: 1, stale: 0, neverSynced: 0 }
    const { page } = await open({ '/v1/overview': wireOverview({ integrations }) })
    const figures = page.querySelector('section[aria-label="People and seats"]') ?? page
    expect(termsIn(figures)['Organizations']).toEqual(['3', '2 of 3 connected'])
  })

  test('with one organization does not repeat the figures of its page, but leads to them', async () => {
    const integrations = { connected: 1, actionRequired: 0, stale: 0, neverSynced: 0 }
    const { page } = await open({
      ...companyAnswers('viewer', [wireIntegration()]),
      '/v1/overview': wireOverview({ integrations }),
    })
    expect(page.querySelector('main dl')).toBeNull()
    const link = screen.getByRole('link', { name: 'Seats, use and activity of Acme Europe' })
    expect(link.getAttribute('href')).toBe(`/integrations/${ID}`)
  })

  test('says that nothing needs a look', async () => {
    const { page } = await open({
      '/v1/overview': wireOverview({ findings: NO_FINDINGS, outsiders: { people: 0, owners: 0 } }),
    })
    expect(textOf(sectionCalled(page, WHAT_TO_DO))).toContain('Nothing needs a look')
  })

  test('says what could not be judged, and which organizations are not up to date', async () => {
    const integrations = { connected: 3, actionRequired: 0, stale: 1, neverSynced: 2 }
    const { page } = await open({
      '/v1/overview': wireOverview({ integrations }),
      '/v1/findings': wireFindings([], { notJudged: [KEYS_NOT_JUDGED] }),
    })
    expect(textOf(page)).toContain('1 organization was not read by the last two scheduled syncs: older figures')
    expect(textOf(page)).toContain('2 organizations were not read yet, and are not in the figures.')
    expect(textOf(sectionCalled(page, WHAT_TO_DO))).toContain('Not everything could be judged')
  })

  test('before the first reading leads to the organization that is being read', async () => {
    const opened = openPage('/', { ...ANSWERS, '/v1/overview': wireOverview({ oldestSyncedAt: null }) })
    await waitUntil('the page', () => textOf(opened.page).includes('Nothing to show yet'))
    expect(opened.page.querySelector(`main a[href="/integrations/${ID}"]`)).not.toBeNull()
  })

  test('says that it could not be loaded, and tries again on demand', async () => {
    let isDown = true
    const opened = openPage('/', {
      ...ANSWERS,
      '/v1/overview': () => (isDown ? new Response('', { status: 500 }) : wireOverview()),
    })
    const retry = await waitUntil('the failure', () => screen.queryByRole('button', { name: 'Try again' }))
    isDown = false
    retry.click()
    await waitUntil('the sentences', () => textOf(opened.page).includes('9 people outside your domains'))
  })
})
