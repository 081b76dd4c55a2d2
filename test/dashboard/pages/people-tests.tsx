import { beforeAll, describe, expect, test } from '@jest/globals'
import { fireEvent, screen, within } from '@testing-library/dom'
import { waitUntil } from '../../watchdog.ts'
import { openLoadedPage, openPage, type Answers } from './open-page.tsx'
import { rowsOf, textOf } from './read-page.ts'
import { OTHER_ID, wireMembership, wireOtherMembership, wirePeople, wirePerson } from './wire-people.ts'
import { PATH, wireIntegration, wireLicenses, wireMe, wireProvider, wireSync } from './wire.ts'

const PEOPLE = '/v1/people'
const COLUMNS = {
  person: 'Person',
  department: 'Department',
  organizations: 'Organizations',
  seat: 'Seat',
  license: 'Use in 60 days',
  lastActiveOn: 'Last activity',
  requests: 'Requests',
  cost: 'Cost',
}
/** The filters: what each is called, what is chosen, and what is asked for then. */
const FILTERS = [
  ['Organization', 'All at Quill', { provider: 'openai' }],
  ['Organization', 'Acme Labs', { integrationId: OTHER_ID }],
  ['Number of organizations', 'In 2 or more', { minOrganizations: '2' }],
  ['Seat', 'Guest seats', { seat: 'guest' }],
  ['Use', 'No use in 60 days', { license: 'unused' }],
  ['Account', 'Banned', { accountStatus: 'banned' }],
  ['Address', 'Outside your domains', { outside: 'true' }],
] as const
const VIEWS = [
  ['In several', { minOrganizations: '2', sort: '-organizations' }],
  ['No recent use', { idleDays: '60', sort: 'lastActiveOn' }],
  ['Removed', { accountStatus: 'removed' }],
] as const
const EMPTY = [
  ['', null, 'Nobody to show yet'],
  ['?q=nobody', '2026-11-24T12:00:00.000Z', 'Nobody matches'],
  ['?minOrganizations=2', '2026-11-24T12:00:00.000Z', 'Nobody is in more than one organization'],
  ['?accountStatus=removed', '2026-11-24T12:00:00.000Z', 'Nobody was removed recently'],
  ['?idleDays=30', '2026-11-24T12:00:00.000Z', 'Everybody with a seat used the API in these days'],
] as const

const ONE = wireIntegration()
const LABS = wireIntegration({ id: OTHER_ID, name: 'Acme Labs', provider: 'anthropic' })
const REMOVED = { accountStatus: 'removed', seat: null, license: null } as const
const SOME = [
  wirePerson({
    department: 'Research',
    memberships: [wireMembership(), wireOtherMembership({ license: 'in_use', requests: 4, cost: null })],
    costs: [
      { amount: '12.5', currency: 'USD' },
      { amount: '3', currency: 'EUR' },
    ],
  }),
  wirePerson({
    id: 'p-guy',
    name: null,
    memberships: [wireMembership({ seat: { type: 'guest', reason: 'external_domain' } })],
  }),
  wirePerson({
    id: 'p-gone',
    name: null,
    email: null,
    lastActiveOn: null,
    costs: [],
    memberships: [wireMembership({ ...REMOVED, userId: 'user-gone' })],
  }),
]

const listOf = (items: unknown) => ({ items, nextCursor: null })
const ANSWERS: Answers = {
  '/v1/me': wireMe('viewer'),
  '/v1/providers': { items: [wireProvider(), wireProvider({ id: 'anthropic', name: 'Reed' })] },
  '/v1/integrations': listOf([ONE, LABS]),
  [`${PATH}/licenses`]: wireLicenses(),
  [PEOPLE]: wirePeople(SOME, { total: 40, rosterEntries: 9 }),
}

const openPeople = (search = '', answers: Answers = {}) =>
  openLoadedPage(`/people${search}`, '[role=table], main h2', { ...ANSWERS, ...answers })
const rows = (page: Element) => rowsOf(page.querySelector('[role=table]') ?? page)
const headsOf = (page: Element) => [...page.querySelectorAll('[role=columnheader]')].map((head) => textOf(head))

describe('The list of people', () => {
  let opened: Awaited<ReturnType<typeof openPeople>>
  beforeAll(async () => {
    opened = await openPeople()
    await waitUntil('the days', () => headsOf(opened.page).includes(COLUMNS.license))
    await waitUntil('the organizations to choose from', () => opened.page.querySelector(`option[value="${OTHER_ID}"]`))
  })

  test('has each person once, with all organizations', () => {
    const [ada, guy, gone] = rows(opened.page).map((row) => Object.values(COLUMNS).map((column) => textOf(row[column])))
    expect(ada?.slice(0, 5)).toEqual([
      'Ada Lovelaceada@acme.example',
      'Research',
      'Acme EuropeAcme Labs',
      'Member',
      'In use',
    ])
    // A long address breaks after its @.
    expect(opened.page.querySelector('[role=cell] wbr')?.previousSibling?.textContent).toBe('@')
    expect(ada?.slice(6)).toEqual(['71 requests', 'Cost ≥ $12.50 + €3.00'])
    expect(opened.page.querySelector('[role=cell] [title="Without Acme Labs"]')).not.toBeNull()
    expect(guy?.slice(0, 4)).toEqual(['ada@acme.example', '–', 'Acme Europe', 'Guest'])
    expect(gone).toEqual([
      'user-gone',
      '–',
      'None any more',
      'No seatRemoved',
      '–',
      'No activity known',
      '71 requests',
      'Cost –',
    ])
  })

  test('has no lone dash for a department on a phone', () => {
    const [ada, guy] = rows(opened.page).map((row) => row[COLUMNS.department]?.querySelector('.wideOnly'))
    expect([ada, textOf(guy)]).toEqual([null, '–'])
  })

  test('links to each person’s page, and shows the total', () => {
    const links = rows(opened.page).map((row) => row[COLUMNS.person]?.querySelector('a')?.getAttribute('href'))
    expect(links).toEqual(['/people/person-ada', '/people/p-guy', '/people/p-gone'])
    expect(opened.page.querySelector('[role=table]')?.getAttribute('aria-rowcount')).toBe('41')
    expect(textOf(opened.page)).toContain('40 people')
    expect(textOf(opened.page)).toContain('Oldest sync: ')
    expect(opened.page.querySelector('main a[href="/help#people"]')).not.toBeNull()
  })

  const rosterLinkIn = (page: Element) => page.querySelector('main a[href="/people/roster"]')
  test('does not lead viewers to the roster', () => {
    expect(rosterLinkIn(opened.page)).toBeNull()
  })

  /** Of the list’s first page: the page also asks how many people there are. */
  const listQueryAfter = (act: () => void) => opened.queryAfter(act, PEOPLE, ({ limit }) => limit === '50')

  test.each(FILTERS)('requests the selected filter: %s, %s', async (label, choice, asked) => {
    const filter = within(screen.getByRole('search')).getByLabelText(label)
    const [option] = [...filter.querySelectorAll('option')].filter((each) => textOf(each) === choice)
    expect(option).toBeDefined()
    const choose = (value = '') => fireEvent.change(filter, { target: { value } })
    expect(await listQueryAfter(() => choose(option?.value))).toEqual({ ...asked, limit: '50' })
    choose()
  })

  test.each(VIEWS)('requests a named view: %s', async (name, asked) => {
    const choose = () => fireEvent.click(screen.getByRole('radio', { name }))
    expect(await listQueryAfter(choose)).toEqual({ ...asked, limit: '50' })
    fireEvent.click(screen.getByRole('radio', { name: 'Everybody' }))
  })

  test('requests the typed search and a column’s order', async () => {
    const type = () => fireEvent.change(screen.getByRole('searchbox'), { target: { value: ' ada ' } })
    expect(await listQueryAfter(type)).toEqual({ q: 'ada', limit: '50' })
    const order = () => fireEvent.click(screen.getByRole('button', { name: COLUMNS.organizations }))
    expect(await listQueryAfter(order)).toEqual({ q: 'ada', sort: '-organizations', limit: '50' })
  })

  test('requests the next page with the same view', async () => {
    const first = wirePeople(SOME, { total: 4, nextCursor: 'here' })
    const last = wirePerson({ id: 'p-last', name: 'Last' })
    const answer = ({ cursor }: { cursor?: string }) => (cursor === undefined ? first : wirePeople([last]))
    const { page, queriesTo } = await openPeople('?seat=guest', { [PEOPLE]: answer })
    const more = await waitUntil('the next page', () => queriesTo(PEOPLE).find(({ cursor }) => cursor !== undefined))
    expect(more).toEqual({ seat: 'guest', cursor: 'here', limit: '500' })
    await waitUntil('its rows', () => textOf(page).includes('Last'))
  })

  test('with one organization says nothing twice: no organizations to choose or to show, and no departments without a roster', async () => {
    const { page } = await openPeople('', { '/v1/integrations': listOf([ONE]), [PEOPLE]: wirePeople(SOME) })
    await waitUntil('the list', () => headsOf(page).length === 6 && headsOf(page).includes(COLUMNS.license))
    expect(headsOf(page)).toEqual(['Person', 'Seat', 'Use in 60 days', 'Last activity', 'Requests', 'Cost'])
    expect(within(screen.getByRole('search')).queryByLabelText('Organization')).toBeNull()
    expect(screen.queryByRole('radio', { name: 'In several' })).toBeNull()
    expect(textOf(page)).not.toContain('Acme Europe')
  })

  test('that an address narrows to owners says so, and can be all of them again', async () => {
    const { queryAfter } = await openPeople('?outside=true&owner=true')
    const role = within(screen.getByRole('search')).getByLabelText('Role')
    expect(textOf(role.querySelector('option[value=true]'))).toBe('Owners')
    expect(role).toHaveProperty('value', 'true')
    const all = () => fireEvent.change(role, { target: { value: '' } })
    expect(await queryAfter(all, PEOPLE, ({ limit }) => limit === '50')).toEqual({ outside: 'true', limit: '50' })
    expect(within(screen.getByRole('search')).queryByLabelText('Role')).toBeNull()
  })

  test('names organizations that were never read, and those whose last sync failed', async () => {
    const problem = { code: 'provider_unreachable', detail: 'Reed could not be reached.' } as const
    const never = { ...LABS, lastSuccessfulSyncAt: null, lastSync: wireSync({ state: 'failed', problem }) }
    const older = { ...ONE, lastSync: wireSync({ state: 'failed', problem }) }
    const { page } = await openPeople('', { '/v1/integrations': listOf([older, never]) })
    await waitUntil('the notice', () => textOf(page).includes('1 organization is missing here'))
    expect(textOf(page)).toContain('Acme Labs: Reed could not be reached.')
    expect(textOf(page)).toContain('Acme Europe: the last sync failed. It is shown as of')
  })

  test.each(EMPTY)('with the address “%s” explains why it is empty', async (search, oldestSyncedAt, text) => {
    const { page } = await openPeople(search, { [PEOPLE]: wirePeople([], { oldestSyncedAt }) })
    const said = await waitUntil('the reason', () => {
      const heads = [...page.querySelectorAll('main h2')].map((each) => textOf(each))
      return heads.at(-1)
    })
    expect([said, page.querySelector('[role=table]')]).toEqual([text, null])
  })

  test('says what failed, and asks again at a press', async () => {
    let isBroken = true
    const failed = {
      type: 'about:blank',
      title: 'Bad',
      status: 400,
      detail: 'The cursor is broken.',
      code: 'validation_failed',
    }
    const answer = () => (isBroken ? Response.json(failed, { status: 400 }) : wirePeople(SOME))
    const { page } = openPeopleUnloaded({ [PEOPLE]: answer })
    await waitUntil('the failure', () => textOf(page).includes('The cursor is broken.'))
    isBroken = false
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
    await waitUntil('the list', () => textOf(page).includes('Ada Lovelace'))
  })

  test('leads admins to the roster', async () => {
    const { page } = await openPeople('', { '/v1/me': wireMe('admin') })
    await waitUntil('the link', () => rosterLinkIn(page))
  })
})

/** Without waiting for a list. */
function openPeopleUnloaded(answers: Answers) {
  return openPage('/people', { ...ANSWERS, ...answers })
}
