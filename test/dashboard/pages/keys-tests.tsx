import { beforeAll, describe, expect, test } from '@jest/globals'
import { fireEvent, screen, within } from '@testing-library/dom'
import { waitUntil } from '../../watchdog.ts'
import { openLoadedPage, openPage, type Answers } from './open-page.tsx'
import { rowsOf, textOf } from './read-page.ts'
import { notRead, wireKey, wireKeys } from './wire-lists.ts'
import { dataSetState, ID, PATH, wireIntegration, wireMe, wireProvider } from './wire.ts'

const COLUMNS = ['Key', 'Owner', 'Created (UTC)', 'Last used (UTC)', 'Expires (UTC)', 'Status', 'Findings'] as const
/** The filters: what each is called, what is chosen, and what is asked for then. */
const FILTERS = [
  ['Finding', 'With a finding', { finding: 'any' }],
  ['Status', 'Inactive', { status: 'inactive' }],
  ['Kind', 'Scribe key', { kind: 'admin' }],
] as const
/** The findings: what each is called, and how many keys it is about here. */
const FINDINGS = [
  ['Owner is gone', 'leaver_key', 3],
  ['No owner', 'ownerless_key', 0],
  ['Not used', 'stale_key', 2],
  ['Never expires', 'eternal_key', 1],
] as const

const KEYS = `${PATH}/keys`
const SOME = [
  wireKey({
    id: 'leaver',
    owner: { kind: 'user', id: 'lee', email: 'lee@acme.example', name: 'Lee', status: 'removed' },
    findings: ['leaver_key', 'stale_key'],
  }),
  wireKey(),
  wireKey({
    id: 'bot',
    name: null,
    hint: null,
    owner: { kind: 'service_account', id: 'bot-1', email: null, name: 'bot', status: 'not_listed' },
    lastUsedOn: null,
    expiresAt: null,
    status: 'inactive',
  }),
  wireKey({ id: 'admin', kind: 'admin', project: null, owner: null, status: 'expired' }),
  wireKey({ id: 'wide', kind: 'workspace', project: null, owner: null, name: 'Wide' }),
]

/** A page of keys; of one finding, as many as there are. */
function answerKeys({ finding, limit }: { finding?: string; limit: string }) {
  if (limit !== '1') return wireKeys(SOME, { total: 40 })
  const [, , total = 41] = FINDINGS.find(([, type]) => type === finding) ?? []
  return wireKeys([], { total })
}

const ANSWERS: Answers = {
  '/v1/me': wireMe('viewer'),
  [PATH]: wireIntegration({ dataSets: [dataSetState(), dataSetState({ id: 'keys' })] }),
  [KEYS]: answerKeys,
}

const openKeys = (search = '', answers: Answers = {}) =>
  openLoadedPage(`/integrations/${ID}/keys${search}`, '[role=table]', { ...ANSWERS, ...answers })

describe('The keys of an organization', () => {
  let opened: Awaited<ReturnType<typeof openKeys>>
  beforeAll(async () => {
    opened = await openKeys()
    await waitUntil('the counts', () => textOf(opened.page).includes('40 of 41 keys'))
  })
  const listQueryAfter = (act: () => void) => opened.queryAfter(act, KEYS, ({ limit }) => limit === '100')

  test('are listed in the API’s own order, findings first, each field in the column of its name', () => {
    const rows = rowsOf(opened.page.querySelector('[role=table]') ?? opened.page)
    expect(rows.map((row) => COLUMNS.map((name) => textOf(row[name])))).toEqual([
      [
        'Nightly job…WXYZ Search',
        'Leelee@acme.example · Removed',
        'Created May 6, 2026',
        'Last used Nov 23, 2026',
        'Expires Jan 2, 2027',
        'Active',
        'Owner is goneNot used',
      ],
      [
        'Nightly job…WXYZ Search',
        'Ada Lovelaceada@acme.example',
        'Created May 6, 2026',
        'Last used Nov 23, 2026',
        'Expires Jan 2, 2027',
        'Active',
        '–',
      ],
      [
        'Unnamed key Search',
        'botService account',
        'Created May 6, 2026',
        'Last used No use known',
        'Expires Never',
        'Inactive',
        '–',
      ],
      [
        'Nightly job…WXYZ Scribe key',
        'None named',
        'Created May 6, 2026',
        'Last used Nov 23, 2026',
        'Expires Jan 2, 2027',
        'Expired',
        '–',
      ],
      [
        'Wide…WXYZ Whole organization',
        'None named',
        'Created May 6, 2026',
        'Last used Nov 23, 2026',
        'Expires Jan 2, 2027',
        'Active',
        '–',
      ],
    ])
    expect(opened.queriesTo(KEYS).filter(({ limit }) => limit === '100')).toEqual([{ limit: '100' }])
  })

  test('lead to their owners’ pages, except for owners who have none', () => {
    const links = [...opened.page.querySelectorAll('[role=cell] a')].map((link) => link.getAttribute('href'))
    expect(links).toEqual([`/integrations/${ID}/members/lee`, `/integrations/${ID}/members/user%2Fada`])
  })

  test.each(FINDINGS)(
    'have the finding “%s” above them with its count, and pressing it shows its keys',
    async (label, finding, count) => {
      const tile = screen.getByRole('button', { name: `${count} ${label}` })
      expect(tile.closest('li')?.querySelectorAll('p')).toHaveLength(2)
      expect(await listQueryAfter(() => fireEvent.click(tile))).toEqual({ finding, limit: '100' })
      await waitUntil('the pressed finding', () => tile.getAttribute('aria-pressed') === 'true')
      fireEvent.click(tile)
      await waitUntil('all keys', () => tile.getAttribute('aria-pressed') === 'false')
    },
  )

  test.each(FILTERS)('are filtered: %s, %s', async (label, choice, asked) => {
    const filter = within(screen.getByRole('search')).getByLabelText(label)
    const option = [...filter.querySelectorAll('option')].find((each) => textOf(each) === choice)
    expect(option).toBeDefined()
    const choose = (value = '') => fireEvent.change(filter, { target: { value } })
    expect(await listQueryAfter(() => choose(option?.value))).toEqual({ ...asked, limit: '100' })
    choose()
  })

  test('are offered by the kinds that the provider has, and searched in its words', () => {
    const kind = within(screen.getByRole('search')).getByLabelText('Kind')
    expect([...kind.querySelectorAll('option')].map((option) => textOf(option))).toEqual([
      'Any kind',
      'Scribe key',
      'Workspace key',
    ])
    expect(screen.getByRole('searchbox').getAttribute('placeholder')).toBe('Search key, workspace or owner')
  })

  test('are searched and ordered', async () => {
    const type = () => fireEvent.change(screen.getByRole('searchbox'), { target: { value: ' night ' } })
    expect(await listQueryAfter(type)).toEqual({ q: 'night', limit: '100' })
    const field = within(screen.getByRole('search')).getByLabelText('Order')
    const option = [...field.querySelectorAll('option')].find((each) => textOf(each) === 'Longest without use')
    const order = () => fireEvent.change(field, { target: { value: option?.value } })
    expect(await listQueryAfter(order)).toEqual({ q: 'night', sort: 'lastUsedOn', limit: '100' })
  })
})

describe('The list of keys', () => {
  test('takes its filters from the address, and shows more on demand', async () => {
    const keys = ({ limit, cursor }: { limit: string; cursor?: string }) => {
      if (limit === '1') return wireKeys([], { total: 2 })
      const [first, second] = SOME.map((key) => wireKeys([key], { total: 2 }))
      return cursor === undefined ? { ...first, nextCursor: 'here' } : second
    }
    const { page, queriesTo } = await openKeys('?ownerId=lee&status=active&kind=sofa', { [KEYS]: keys })
    fireEvent.click(await waitUntil('the button', () => screen.queryByRole('button', { name: 'Show more keys' })))
    await waitUntil('both keys', () => page.querySelectorAll('[role=row]').length === 3)
    const list = queriesTo(KEYS).filter(({ limit }) => limit === '100')
    expect(list).toEqual([
      { ownerId: 'lee', status: 'active', limit: '100' },
      { ownerId: 'lee', status: 'active', limit: '100', cursor: 'here' },
    ])
    expect(textOf(page)).toContain('kind=sofa was left out')
    const owner = within(screen.getByRole('search')).getByLabelText<HTMLSelectElement>('Owner')
    expect([owner.value, textOf(owner.querySelector('option[value=lee]'))]).toEqual(['lee', 'Lee'])
  })

  test('names the projects that could not be read, and since when their keys are as shown', async () => {
    const unread: ReturnType<typeof wireKeys>['notRead'] = [
      { project: { id: 'p1', name: 'Search' }, code: 'provider_unreachable', keysAsOf: '2026-11-20T06:00:00.000Z' },
      { project: { id: 'p2', name: null }, code: 'insufficient_permissions', keysAsOf: null },
      { project: null, code: 'timed_out', keysAsOf: null },
    ]
    const { page } = await openKeys('', { [KEYS]: wireKeys(SOME, { notRead: unread }) })
    expect(textOf(page)).toContain('The last sync could not read all keys')
    expect([...page.querySelectorAll('[data-kind=warn] li')].map((each) => textOf(each))).toEqual([
      'Search: keys as of Nov 20, 2026 (UTC), provider unreachable',
      'p2: no keys are known, insufficient permissions',
      'Keys of the organization: no keys are known, timed out',
    ])
  })

  test.each([
    ['', 'The organization has no keys'],
    ['?q=nothing', 'No key matches'],
  ])('with the address “%s” explains why it is empty', async (search, text) => {
    const { page } = openPage(`/integrations/${ID}/keys${search}`, { ...ANSWERS, [KEYS]: wireKeys([]) })
    await waitUntil('the reason', () => textOf(page).includes(text))
    expect(page.querySelector('[role=table]')).toBeNull()
  })
})

describe('Keys that were never read', () => {
  const provider = wireProvider({
    dataSets: [{ id: 'keys', required: false, permission: 'seals.read', gives: 'Seals' }],
  })
  const never = { id: 'keys', syncedAt: null, from: null, to: null } as const

  test.each([
    ['not_permitted', 'The key lacks the permission seals.read.'],
    ['never_read', 'Switched off, or not synced yet.'],
  ] as const)('are explained with the permission that they need: %s', async (state, reason) => {
    const { page } = openPage(`/integrations/${ID}/keys`, {
      ...ANSWERS,
      '/v1/providers': { items: [provider] },
      [PATH]: wireIntegration({ dataSets: [dataSetState({ ...never, state })] }),
      [KEYS]: notRead,
    })
    const text = `Keys were not read${reason}To read it, the Scribe key of this integration needs the permission seals.read`
    await waitUntil(
      'the reason',
      () => textOf(page).includes(text),
      () => textOf(page),
    )
  })
})
