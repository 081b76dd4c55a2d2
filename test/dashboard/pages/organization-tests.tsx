import { beforeAll, describe, expect, test } from '@jest/globals'
import { waitUntil } from '../../watchdog.ts'
import { choose, EVERYTHING, openOrganization, USAGE, USERS } from './open-organization.tsx'
import { openPage } from './open-page.tsx'
import { sectionCalled, termsIn, textOf } from './read-page.ts'
import {
  AS_OF,
  ID,
  PATH,
  wireIntegration,
  wireLicenses,
  wireProvider,
  wireUsageByDay,
  wireUsageByUser,
  wireUsers,
} from './wire.ts'

/** What the page calls each field of its answers. */
const FIGURES = {
  member: 'Members',
  guest: 'Guests',
  inUse: 'Used in 60 days',
  unused: 'No use in 60 days',
  requests: 'Requests',
  active: 'Active people',
}
const SHARES = {
  member: 'Member',
  guest: 'Guest',
  inUse: 'Used in 60 days',
  unused: 'No use in 60 days',
  noData: 'No use data',
}
const SECTIONS = {
  activity: 'Activity',
  shares: 'Seats and use',
  active: 'Most active members',
  kinds: 'Use by kind',
  idle: 'No recent use',
}
const CHOICES = { days: 'Days shown', idle: 'No use in' }
const EMPTY = {
  organization: 'Nothing to show yet',
  requests: 'No requests in these days.',
  active: 'No member made a request in these days.',
  idle: 'Everybody with a seat used the API',
}

describe('The page of an organization', () => {
  let opened: Awaited<ReturnType<typeof openOrganization>>
  let page: Element
  beforeAll(async () => {
    opened = await openOrganization()
    page = opened.page
  })

  test.each(['member', 'guest', 'inUse', 'unused', 'requests'] as const)(
    'shows the field %s in the figure of its name',
    (field) => {
      const { seats, licenses } = wireLicenses()
      const { requests } = wireUsageByDay().total
      const expected = { ...seats, ...licenses, requests }
      const shown = { ...termsIn(page), ...termsIn(sectionCalled(page, SECTIONS.activity)) }
      expect(shown[FIGURES[field]]?.[0]).toBe(String(expected[field]))
    },
  )

  test('counts the active people of the shown days and of the last, incomplete day', () => {
    const { licenses, activePeople } = wireLicenses()
    const [value, note] = termsIn(sectionCalled(page, SECTIONS.activity))[FIGURES.active] ?? []
    expect(value).toBe(String(licenses.inUse))
    expect(note).toContain(`${activePeople.today} on `)
  })

  test('shows shares of all seats, and of each part in its bar', () => {
    expect(termsIn(page)).toMatchObject({
      [FIGURES.inUse]: ['47', '52% of seats'],
      [FIGURES.unused]: ['48', '53% of seats'],
    })
    expect(termsIn(sectionCalled(page, SECTIONS.shares))).toEqual({
      [SHARES.member]: ['45', '49%'],
      [SHARES.guest]: ['46', '51%'],
      [SHARES.inUse]: ['47', '33%'],
      [SHARES.unused]: ['48', '33%'],
      [SHARES.noData]: ['49', '34%'],
    })
  })

  test('draws each part in proportion to its count', () => {
    const sizes = [...sectionCalled(page, SECTIONS.shares).querySelectorAll<HTMLElement>('[style*=flex-grow]')]
    expect(sizes.map(({ style }) => style.flexGrow)).toEqual(['45', '46', '47', '48', '49'])
    const bars = [...sectionCalled(page, SECTIONS.active).querySelectorAll<HTMLElement>('[style*=width]')]
    expect(bars.map(({ style }) => style.width)).toEqual(['100%', '25%'])
  })

  test('shows how many people have no seat', () => {
    const { people, serviceAccounts } = wireLicenses()
    expect(textOf(sectionCalled(page, SECTIONS.shares))).toMatch(
      new RegExp(`${people.disabled} disabled .*${people.banned} banned .*${serviceAccounts} service account`),
    )
  })

  test('counts no invitations where they were not read', () => {
    expect(wireLicenses().pendingInvites).toBeNull()
    expect(textOf(sectionCalled(page, SECTIONS.shares))).not.toContain('invitation')
  })

  test('lists only the most active members, most requests first, with links to their pages', () => {
    const rows = [...sectionCalled(page, SECTIONS.active).querySelectorAll('li')]
    expect(rows.map((row) => [textOf(row), row.querySelector('a')?.getAttribute('href')])).toEqual([
      ['user/280', `/integrations/${ID}/members/user%2F2`],
      ['ada@acme.example20', `/integrations/${ID}/members/user-1`],
    ])
  })

  test('requests the selected days, counted back from the last day of the data', async () => {
    const asked = await opened.queryAfter(() => choose(CHOICES.days, '7 days'), USAGE)
    expect(asked).toMatchObject({ from: '2026-11-18', to: AS_OF.to })
  })

  test('requests people without use in the selected days', async () => {
    const asked = await opened.queryAfter(() => choose(CHOICES.idle, '14 days'), USERS)
    expect(asked).toMatchObject({ idleDays: '14', owner: 'false', sort: 'lastActiveOn' })
  })
})

describe('The people without recent use', () => {
  test('shows some people without use and their total, and links to all of them', async () => {
    // Use has been attributed to people, so that there is no seat without data.
    const licenses = { inUse: 47, unused: 48, noData: 0 }
    const { page, queriesTo } = await openOrganization({
      ...EVERYTHING,
      [`${PATH}/licenses`]: wireLicenses({ licenses }),
    })
    const idle = sectionCalled(page, SECTIONS.idle)
    expect(textOf(idle)).toContain('8 of 63')
    expect(textOf(idle)).toContain(
      'A seat costs nothing: the risk is access that nobody needs. Quill Letters is not measured, so ask before you remove somebody.',
    )
    expect(textOf(page)).toContain('Pages written with ink, by everybody in the organization')
    expect(textOf(page)).toContain('Of active people. Pages written with ink count')
    const [asked] = queriesTo(USERS)
    expect(asked).toMatchObject({ owner: 'false', sort: 'lastActiveOn' })
    const { limit: _limit, ...view } = asked ?? {}
    const links = [...idle.querySelectorAll('a')].map((link) => link.getAttribute('href'))
    expect(links).toContain(`/integrations/${ID}/members?${new URLSearchParams(view)}`)
  })
})

describe('The page of an organization in which there is nothing', () => {
  const zeros = {
    people: { active: 0, disabled: 0, banned: 0 },
    serviceAccounts: 0,
    seats: { member: 0, guest: 0 },
    licenses: { inUse: 0, unused: 0, noData: 0 },
    roles: [],
    activePeople: { today: 0, last7Days: 0, last30Days: 0 },
  }

  test('shows zeros and no share of nothing, and says what is empty', async () => {
    const { page } = await openOrganization({
      ...EVERYTHING,
      [`${PATH}/licenses`]: wireLicenses(zeros),
      [USAGE]: ({ groupBy }: { groupBy: string }) =>
        groupBy === 'user' ? wireUsageByUser([]) : wireUsageByDay([0, 0]),
      [USERS]: wireUsers([]),
    })
    expect(termsIn(page)).toMatchObject({ [FIGURES.member]: ['0', {}], [FIGURES.inUse]: ['0', '0% of seats'] })
    for (const text of [EMPTY.requests, EMPTY.active, EMPTY.idle]) expect(textOf(page)).toContain(text)
    expect(textOf(page)).not.toMatch(/NaN|Infinity|undefined|null/)
  })

  test('says what is not measured of use, of a provider without a product that is not', async () => {
    const { page } = await openOrganization({
      ...EVERYTHING,
      '/v1/providers': { items: [wireProvider({ unmeasuredProduct: null })] },
    })
    const text = 'What people do through service accounts is not measured, so ask before you remove somebody.'
    const lead = () => textOf(sectionCalled(page, SECTIONS.idle))
    await waitUntil('what is not measured', () => lead().includes(text), lead)
  })

  test('says so before the first sync', async () => {
    const { page } = openPage(`/integrations/${ID}`, {
      ...EVERYTHING,
      [PATH]: wireIntegration({ lastSuccessfulSyncAt: null }),
      [`${PATH}/licenses`]: wireLicenses({ asOf: null }),
    })
    await waitUntil('the page', () => textOf(page).includes(EMPTY.organization))
    expect(page.querySelectorAll('dl')).toHaveLength(0)
  })
})
