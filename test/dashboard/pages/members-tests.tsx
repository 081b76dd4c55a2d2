import { beforeAll, describe, expect, test } from '@jest/globals'
import { fireEvent, screen, within } from '@testing-library/dom'
import { formatUtcDate, formatDay } from '../../../dashboard/src/format/format-time.ts'
import { waitUntil } from '../../watchdog.ts'
import { openLoadedPage, type Answers } from './open-page.tsx'
import { rowsOf, textOf } from './read-page.ts'
import { AS_OF, ID, PATH, wireIntegration, wireLicenses, wireMe, wireUser, wireUsers } from './wire.ts'

/** What the page calls the columns, and what stands in them. */
const COLUMNS = {
  person: 'Member',
  role: 'Role',
  seat: 'Seat',
  license: 'Use in 60 days',
  lastActiveOn: 'Last activity',
  requests: 'Requests',
  addedAt: 'Added (UTC)',
  removedAt: 'Removed (UTC)',
}
const LICENSES = { in_use: 'In use', unused: 'No use', no_data: 'No use data', login: 'Signed in only' }
const SERVICE_ACCOUNT = 'Service account'
/** The filters: what each is called, what is chosen, and what is asked for then. */
const FILTERS = [
  ['Role', 'reader', { role: 'reader' }],
  ['Role', 'Not owners', { owner: 'false' }],
  ['Seat', 'Guest seats', { seat: 'guest' }],
  ['Use', 'No use in 60 days', { license: 'unused' }],
  ['Use', 'No use data', { license: 'no_data' }],
  ['Account', 'Banned', { accountStatus: 'banned' }],
  ['Kind', 'Service accounts', { kind: 'service_account' }],
] as const
const VIEWS = [
  ['No recent use', { idleDays: '60', sort: 'lastActiveOn' }],
  ['Newest', { sort: '-addedAt' }],
  ['Removed', { accountStatus: 'removed', sort: '-removedAt' }],
] as const
const EMPTY = [
  ['', null, 'Nobody to show yet'],
  ['?q=nobody', AS_OF, 'Nobody matches'],
  ['?accountStatus=removed', AS_OF, 'Nobody was removed recently'],
  ['?idleDays=30', AS_OF, 'Everybody with a seat used the API in these days'],
] as const

const USERS = `${PATH}/users`
const REMOVED = wireUser({
  id: 'gone',
  name: null,
  seat: null,
  license: null,
  accountStatus: 'removed',
  removedAt: '2026-10-11T12:00:00.000Z',
})
const SOME = [
  wireUser(),
  wireUser({
    id: 'g/1',
    name: 'Guy',
    seat: { type: 'guest', reason: 'external_domain' },
    license: 'unused',
    role: null,
  }),
  wireUser({ id: 'bot', name: 'Bot', kind: 'service_account', seat: null, license: null, lastActiveOn: null }),
  wireUser({ id: 'off', name: 'Off', accountStatus: 'disabled', seat: null, license: null }),
  wireUser({ id: 'new', name: 'New', license: 'no_data', requests: 0, lastActiveOn: null, lastActivitySource: null }),
  wireUser({ id: 'in', name: 'In', license: 'unused', lastActiveOn: null, lastLoginOn: AS_OF.from }),
  wireUser({ id: 'was', name: 'Was', license: 'unused', lastActiveOn: null, lastLoginOn: '2026-09-25' }),
]

const ANSWERS: Answers = {
  '/v1/me': wireMe('viewer'),
  [PATH]: wireIntegration(),
  [`${PATH}/licenses`]: wireLicenses(),
  [USERS]: wireUsers(SOME, 40),
}

const openMembers = (search = '', answers: Answers = {}) =>
  openLoadedPage(`/integrations/${ID}/members${search}`, '[role=search]', { ...ANSWERS, ...answers })

describe('The list of members', () => {
  let opened: Awaited<ReturnType<typeof openMembers>>
  beforeAll(async () => {
    opened = await openMembers()
    await waitUntil('the roles to choose from', () => opened.page.querySelector('option[value=reader]'))
  })
  const rows = () => rowsOf(opened.page.querySelector('[role=table]') ?? opened.page)
  const column = (name: keyof typeof COLUMNS) => rows().map((row) => textOf(row[COLUMNS[name]]))

  test('has each field in the column of its name', () => {
    const ada = wireUser()
    const [row] = rows()
    expect(textOf(row?.[COLUMNS.person])).toBe(`${ada.name}${ada.email}`)
    expect(textOf(row?.[COLUMNS.role])).toBe(ada.role)
    expect(textOf(row?.[COLUMNS.seat])).toMatch(/^Member/)
    expect(textOf(row?.[COLUMNS.license])).toBe(LICENSES.in_use)
    expect(textOf(row?.[COLUMNS.lastActiveOn])).toContain(formatDay(ada.lastActiveOn ?? ''))
    expect(textOf(row?.[COLUMNS.requests])).toMatch(/^71\b/)
    expect(textOf(row?.[COLUMNS.addedAt])).toBe(formatUtcDate(ada.addedAt))
  })

  test('distinguishes seats, use, statuses and service accounts', () => {
    expect(column('seat').map((text) => text.split(' ')[0])).toEqual([
      'Member',
      'Guest',
      'No',
      'No',
      'Member',
      'Member',
      'Member',
    ])
    const { in_use: used, unused, no_data: noData, login } = LICENSES
    expect(column('license')).toEqual([used, unused, '–', '–', noData, login, unused])
    expect(column('role').slice(0, 5)).toEqual(['reader', '–', SERVICE_ACCOUNT, 'reader', 'reader'])
  })

  test('names a sign-in of somebody without use, who is “signed in only” if it was within the days of the list', () => {
    expect(column('lastActiveOn').slice(5)).toEqual([
      expect.stringMatching(/^No use knownSigned in \d+ days ago$/),
      expect.stringMatching(/^No use knownSigned in \d+ days ago$/),
    ])
  })

  test('links to each person’s page', () => {
    const links = rows().map((row) => row[COLUMNS.person]?.querySelector('a')?.getAttribute('href'))
    expect(links.slice(0, 2)).toEqual([`/integrations/${ID}/members/user-ada`, `/integrations/${ID}/members/g%2F1`])
  })

  test('shows the total', () => {
    expect(opened.page.querySelector('[role=table]')?.getAttribute('aria-rowcount')).toBe('41')
    expect(textOf(opened.page)).toContain('40 of 41 people')
  })

  /** Of the list’s first page: when typing rests, the page also asks what else the search finds. */
  const listQueryAfter = (act: () => void) => opened.queryAfter(act, USERS, ({ limit }) => limit === '50')

  test.each(FILTERS)('requests the selected filter: %s, %s', async (label, choice, asked) => {
    const filter = within(screen.getByRole('search')).getByLabelText(label)
    const [option] = [...filter.querySelectorAll('option')].filter((each) => textOf(each) === choice)
    expect(option).toBeDefined()
    const choose = (value = '') => fireEvent.change(filter, { target: { value } })
    expect(await listQueryAfter(() => choose(option?.value))).toEqual({ ...asked, limit: '50' })
    choose()
  })

  test('requests the typed search and a column’s order, which a second click reverses', async () => {
    const type = () => fireEvent.change(screen.getByRole('searchbox'), { target: { value: ' ada ' } })
    expect(await listQueryAfter(type)).toEqual({ q: 'ada', limit: '50' })
    for (const [sort, shown] of [
      ['-requests', 'descending'],
      ['requests', 'ascending'],
    ]) {
      const order = () => fireEvent.click(screen.getByRole('button', { name: COLUMNS.requests }))
      expect(await listQueryAfter(order)).toEqual({ q: 'ada', sort, limit: '50' })
      // The order before stays until the answer is there.
      await waitUntil(`the order ${shown}`, () => opened.page.querySelector(`[aria-sort=${shown}]`))
    }
  })

  test.each(VIEWS)('requests a named view: %s', async (name, asked) => {
    const choose = () => fireEvent.click(screen.getByRole('radio', { name }))
    expect(await listQueryAfter(choose)).toMatchObject({ ...asked, limit: '50' })
  })

  test('requests the next page with the same view', async () => {
    const first = { ...wireUsers(SOME, 40), nextCursor: 'here' }
    const users = ({ cursor }: { cursor?: string }) => (cursor === undefined ? first : wireUsers([REMOVED], 40))
    const { page, queriesTo } = await openMembers('?seat=guest', { [USERS]: users })
    const more = await waitUntil('the next page', () => queriesTo(USERS).find(({ cursor }) => cursor !== undefined))
    expect(more).toEqual({ seat: 'guest', cursor: 'here', limit: '500' })
    await waitUntil('its rows', () => textOf(page).includes(REMOVED.email ?? ''))
  })

  test.each(EMPTY)('with the address “%s” explains why it is empty', async (search, asOf, text) => {
    const { page } = await openMembers(search, { [USERS]: { ...wireUsers([]), asOf } })
    const said = await waitUntil('the reason', () =>
      [...page.querySelectorAll('main h2')].map((each) => textOf(each)).at(-1),
    )
    expect([said, page.querySelector('[role=table]')]).toEqual([text, null])
  })

  test('of removed people shows when they were removed instead of when they were added', async () => {
    const { page } = await openMembers('?accountStatus=removed', { [USERS]: wireUsers([REMOVED]) })
    const table = await waitUntil('the list', () => page.querySelector('[role=table]'))
    const [row] = rowsOf(table)
    expect(textOf(row?.[COLUMNS.removedAt])).toBe(formatUtcDate(REMOVED.removedAt ?? ''))
    expect(row).not.toHaveProperty([COLUMNS.addedAt])
    expect(textOf(row?.[COLUMNS.person])).toBe(REMOVED.email)
  })
})
