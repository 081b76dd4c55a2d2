import { beforeAll, describe, expect, test } from '@jest/globals'
import { fireEvent, screen } from '@testing-library/dom'
import { waitUntil } from '../../watchdog.ts'
import { choose } from './open-organization.tsx'
import { type Answers, openPage } from './open-page.tsx'
import { ANSWERS, answerCosts, COSTS, DAYS, openSpend } from './open-spend.tsx'
import { rowsOf, sectionCalled, termsIn, textOf } from './read-page.ts'
import { COSTS_AS_OF, wireCosts } from './wire-costs.ts'
import { notRead } from './wire-lists.ts'
import { dataSetState, ID, PATH, wireIntegration, wireProvider } from './wire.ts'

const TWO_MONTHS = { groupBy: 'day', from: '2026-10-01', to: '2026-11-24' }
/** Not of the days that are compared. */
const isOfMonth = ({ to }: Readonly<Record<string, string>>) => to === '2026-11-24'
const THIS_MONTH = { from: '2026-11-01', to: '2026-11-24' }
const LAST_MONTH = { from: '2026-10-01', to: '2026-10-31' }

/** The answers about an integration whose costs lack a report. */
const refusing = (part: string, code: string, rowsAsOf: string | null = null): Answers => ({
  [PATH]: wireIntegration({
    dataSets: [dataSetState(), dataSetState({ id: 'costs', missing: [{ part, code, rowsAsOf }] })],
  }),
  '/v1/providers': {
    items: [wireProvider({ dataSets: [{ id: 'costs', required: false, permission: 'seals.read', gives: 'Seals' }] })],
  },
})

function refusedCurrency(): Response {
  const problem = {
    type: 'about:blank',
    title: 'Invalid',
    status: 400,
    detail: 'currency: has no costs',
    code: 'validation_failed',
    errors: [{ field: 'currency', message: 'has no costs' }],
  }
  return Response.json(problem, { status: 400 })
}

/** The rows of the table, as they read. */
const tableIn = (page: Element) =>
  rowsOf(page.querySelector('[role=table]') ?? page).map((row) => Object.values(row).map((cell) => textOf(cell)))

describe('The spend of an organization', () => {
  let opened: Awaited<ReturnType<typeof openSpend>>
  beforeAll(async () => {
    opened = await openSpend()
  })

  test('is this month’s, its complete days beside the same of the last, and all of that, added exactly from the days', () => {
    expect(opened.queriesTo(COSTS)[0]).toEqual(TWO_MONTHS)
    expect(termsIn(opened.page)).toEqual({
      'November 2026 so far': ['$31.00', 'Nov 1 – Nov 24; the last two days are not complete'],
      'Its complete days': ['$0.30', 'Nov 1 – Nov 22'],
      'Same days of October 2026': ['$8.00', 'Oct 1 – Oct 22'],
      'Change of complete days': ['-96.3%', '-$7.70 in these days'],
      'October 2026': ['$20.00', 'the whole month'],
    })
  })

  test('says what it is, whose attribution it is, and that the last days are preliminary', () => {
    const text = textOf(opened.page)
    expect(text).toContain('The provider’s cost report, before tax and credits, not its invoice.')
    expect(text).toContain('Attributed to people by Quill.')
    expect(text).toContain('The last two days are preliminary.')
    expect(text).toContain('As of')
  })

  test('has a chart that marks the last two days, stacked by line item or by project', async () => {
    const chart = sectionCalled(opened.page, 'Costs by day')
    expect(chart.querySelectorAll('[role=slider] > [data-unfinished=true]')).toHaveLength(2)
    expect(textOf(chart)).toContain('Striped: Nov 23 and Nov 24 are preliminary')
    const legend = () => textOf(chart.querySelector('ul'))
    expect(legend()).toBe('ink, blue$51.00')
    choose('Stacked by', 'Workspaces')
    await waitUntil('the projects', () => legend() === 'Search$51.00', legend)
  })

  test('is by project at first, so that nobody is named, with shares that add up and changes since last month', () => {
    expect(tableIn(opened.page)).toEqual([
      ['Searchproj-1', '$30.00', '71.4%', '+$5.00 +25%$20.00 → $25.00'],
      ['proj-2', '$12.00', '28.6%', '+$12.00 new$0.00 → $12.00'],
      ['Retiredproj-9', '$0.00', '0.0%', '-$3.00 -100%$3.00 → $0.00'],
      ['UnattributedTo no workspace', '-$2.00', '–', '$0.00 $0.00 → $0.00'],
      ['Total', '$40.00', '', '+$14.00 +60.9%$23.00 → $37.00'],
    ])
    expect(textOf(opened.page)).toContain('Shares are of the costs before credits.')
    expect(textOf(opened.page)).toContain('Changes compare complete days: Nov 1 – Nov 22 with Oct 1 – Oct 22.')
    const [first] = rowsOf(opened.page.querySelector('[role=table]') ?? opened.page)
    expect(opened.queriesTo(COSTS)[1]).toEqual({ groupBy: 'project', ...THIS_MONTH })
    expect(first?.['Amount']?.querySelector('span')?.getAttribute('title')).toBe('30 USD')
    expect(textOf(opened.page)).not.toContain('Ada')
  })

  test('is sorted by change, those that cost less than in the month before last', async () => {
    const head = screen.getByRole('button', { name: 'Change since October 2026' })
    fireEvent.click(head)
    const names = () => tableIn(opened.page).map(([name]) => name)
    await waitUntil(
      'the order',
      () => names()[0] === 'proj-2',
      () => names().join(),
    )
    expect(names()).toEqual(['proj-2', 'Searchproj-1', 'UnattributedTo no workspace', 'Retiredproj-9', 'Total'])
    fireEvent.click(screen.getByRole('button', { name: 'Amount' }))
    await waitUntil('the first order', () => names()[0] === 'Searchproj-1')
  })

  test('names everybody as other pages do, and leads to the pages of those who have one', async () => {
    const query = await opened.queryAfter(() => choose('Costs by', 'Person'), COSTS, isOfMonth)
    expect(query).toEqual({ groupBy: 'user', ...THIS_MONTH })
    await waitUntil('people', () => textOf(opened.page).includes('Ada Lovelace'))
    expect(tableIn(opened.page).map(([name]) => name)).toEqual([
      'Ada Lovelaceada@acme.example',
      'Leelee@acme.example · Former member',
      'botService account',
      'Not in the directory',
      'key-9Key without a known owner',
      'UnattributedTo nobody',
      'Total',
    ])
    const links = [...opened.page.querySelectorAll('[role=cell] a')].map((link) => link.getAttribute('href'))
    expect(links).toEqual([`/integrations/${ID}/members/user%2Fada`, `/integrations/${ID}/members/lee`])
  })

  test.each([
    ['Line item', 'lineItem', ['ink, blue', 'UnattributedTo no line item', 'Total']],
    ['Key', 'key', ['Nightly jobAda Lovelace · proj-2', 'UnattributedTo no key', 'Total']],
  ] as const)('is by %s on demand', async (name, groupBy, rows) => {
    expect(await opened.queryAfter(() => choose('Costs by', name), COSTS)).toMatchObject({ groupBy })
    const names = () => tableIn(opened.page).map(([first]) => first)
    await waitUntil(
      `the table by ${name}`,
      () => names().join() === rows.join(),
      () => names().join(),
    )
  })

  test('is that of the last month on demand, and sorted by a press', async () => {
    const query = await opened.queryAfter(() => choose('Month', 'October 2026'), COSTS)
    expect(query).toEqual({ groupBy: 'key', ...LAST_MONTH })
    fireEvent.click(screen.getByRole('button', { name: 'Key' }))
    const head = screen.getByRole('columnheader', { name: 'Key' })
    await waitUntil('the order', () => head.getAttribute('aria-sort') === 'ascending')
    fireEvent.click(screen.getByRole('button', { name: 'Key' }))
    await waitUntil('the other order', () => tableIn(opened.page)[0]?.[0] === 'UnattributedTo no key')
  })
})

describe('The spend that is downloaded', () => {
  const saved: unknown[] = []
  let opened: Awaited<ReturnType<typeof openSpend>>
  beforeAll(async () => {
    URL.createObjectURL = (file) => {
      saved.push(file)
      return 'blob:file'
    }
    URL.revokeObjectURL = () => undefined
    const json = answerCosts()
    const headers = { 'rollcall-as-of': JSON.stringify(COSTS_AS_OF) }
    const answer = (query: Parameters<typeof json>[0] & { format?: string }) =>
      query.format === 'csv' ? new Response('name,amount,currency\r\nink,40,USD\r\n', { headers }) : json(query)
    opened = await openSpend('?by=lineItem&month=last', { [COSTS]: answer })
    await waitUntil('the table', () => textOf(opened.page).includes('ink, blue'))
  })
  const press = (name: string) => () => fireEvent.click(screen.getByRole('button', { name }))

  test('is a workbook of every table, for which each of them is read as CSV', async () => {
    press('Download Excel')()
    await waitUntil('the workbook', () => saved.length > 0)
    const queries = opened.queriesTo(COSTS).filter(({ format }) => format === 'csv')
    expect(queries).toEqual(
      ['day', 'user', 'project', 'lineItem', 'key'].map((groupBy) => ({ groupBy, format: 'csv', ...LAST_MONTH })),
    )
  })

  test('is CSV of the table, or a FOCUS file, of the days shown', async () => {
    const query = await opened.queryAfter(press('Download CSV'), COSTS)
    expect(query).toEqual({ groupBy: 'lineItem', format: 'csv', ...LAST_MONTH })
    expect(await opened.queryAfter(press('Download FOCUS'), COSTS)).toEqual({ format: 'focus', ...LAST_MONTH })
  })
})

describe('Spend', () => {
  test('says that nobody knows whose attribution it is', async () => {
    const { page } = await openSpend('', {
      ...refusing('user', 'data_set_unavailable'),
      [COSTS]: answerCosts({ attribution: null }),
    })
    expect(textOf(page)).toContain(
      'Which people caused costs is not known: no owners of keys are known, and Quill refused its report of costs by user: it',
    )
  })

  test('names other currencies beside, adds none, and switches to one: all of the page, but no file', async () => {
    const answer = ({
      currency = 'USD',
      ...query
    }: Parameters<ReturnType<typeof answerCosts>>[0] & { currency?: string }) =>
      answerCosts({ currency, otherCurrencies: [{ currency: currency === 'USD' ? 'EUR' : 'USD', total: '7.5' }] })(
        query,
      )
    const { page, queryAfter, queriesTo } = await openSpend('?by=lineItem', { [COSTS]: answer })
    expect(textOf(page)).toContain('Also €7.50 since Oct 1, 2026, in other currencies')
    expect(termsIn(page)['November 2026 so far']?.[0]).toBe('$31.00')
    expect(
      await queryAfter(
        () => choose('Currency', 'EUR'),
        COSTS,
        ({ groupBy }) => groupBy === 'day',
      ),
    ).toEqual({ ...TWO_MONTHS, currency: 'EUR' })
    const total = () => tableIn(page).at(-1)?.[1]
    await waitUntil('the other currency', () => total() === '€40.00')
    expect(termsIn(page)['November 2026 so far']?.[0]).toBe('€31.00')
    expect(textOf(page)).toContain('Also $7.50')
    expect(queriesTo(COSTS)).toContainEqual({ groupBy: 'lineItem', currency: 'EUR', ...THIS_MONTH })
    const download = () => fireEvent.click(screen.getByRole('button', { name: 'Download CSV' }))
    expect(await queryAfter(download, COSTS)).toEqual({ groupBy: 'lineItem', format: 'csv', ...THIS_MONTH })
  })

  test('in a currency without costs leads to the main one', async () => {
    const answer = (query: Parameters<ReturnType<typeof answerCosts>>[0] & { currency?: string }) =>
      query.currency === undefined ? answerCosts()(query) : refusedCurrency()
    const { page } = openPage(`/integrations/${ID}/spend?currency=EUR`, { ...ANSWERS, [COSTS]: answer })
    fireEvent.click(
      await waitUntil('the button', () => screen.queryByRole('button', { name: 'Show the main currency' })),
    )
    await waitUntil('the main currency', () => textOf(page).includes('$31.00'))
  })

  test.each([
    ['project', '', 'Quill refused its report of costs by workspace and line item'],
    ['project', '?by=lineItem', 'Quill refused its report of costs by workspace and line item'],
    ['key', '?by=key', 'Quill refused its report of costs by key'],
    ['user', '?by=user', 'Quill refused its report of costs by user'],
  ])('has no table of a refused report, and says who refused it and why: %s%s', async (part, search, what) => {
    const { page } = openPage(`/integrations/${ID}/spend${search}`, {
      ...ANSWERS,
      ...refusing(part, 'insufficient_permissions'),
      [COSTS]: answerCosts({ attribution: null }),
    })
    const causes = () => textOf(sectionCalled(page, 'Who and what causes the costs'))
    const why = `${what}The key lacks the permission seals.read (insufficient_permissions).`
    await waitUntil('the reason', () => textOf(page).includes('Who and what') && causes().includes(why))
    expect(page.querySelector('[role=table]')).toBeNull()
    expect(causes()).not.toContain('Unattributed')
  })

  test('has a chart in total alone where the report by project is refused, and says why', async () => {
    const { page } = await openSpend('?by=key', refusing('project', 'data_set_unavailable'))
    const chart = sectionCalled(page, 'Costs by day')
    expect(textOf(chart)).toContain('It is not offered for this organization (data_set_unavailable).')
    expect(chart.querySelector('[role=slider]')?.getAttribute('aria-label')).toBe('Costs by day: $51.00 in 55 days')
    expect(chart.querySelector('ul')).toBeNull()
    expect(screen.queryByRole('radiogroup', { name: 'Stacked by' })).toBeNull()
  })

  test.each([
    [
      'of which earlier rows are shown',
      { attribution: 'provider' },
      '2026-11-20T06:00:00.000Z',
      'read until Nov 20, 2026 (UTC)',
    ],
    [
      'by user, which the owners of keys stand for',
      { attribution: 'key_owner' },
      null,
      'by the owners of keys, since Quill refused its report of costs by user',
    ],
  ] as const)('has the table of a refused report %s', async (_, overrides, rowsAsOf, text) => {
    const { page } = await openSpend('?by=user', {
      ...refusing('user', 'insufficient_permissions', rowsAsOf),
      [COSTS]: answerCosts(overrides),
    })
    expect(textOf(page)).toContain('Ada Lovelace')
    expect(textOf(page)).toContain(text)
    expect(textOf(page)).toContain('insufficient_permissions')
    expect(textOf(page)).not.toContain('only the total is known')
  })

  test('does not compare with a month that costs cover in part', async () => {
    const from = '2026-10-20'
    const { page, queriesTo } = await openSpend('', {
      [PATH]: wireIntegration({ dataSets: [dataSetState(), dataSetState({ id: 'costs', from })] }),
      [COSTS]: answerCosts({ asOf: { ...COSTS_AS_OF, from } }),
    })
    expect(queriesTo(COSTS)[0]).toEqual({ ...TWO_MONTHS, from })
    const unknown = ['–', 'costs are known from Oct 20, 2026 on']
    expect(termsIn(page)).toMatchObject({
      'Its complete days': unknown,
      'Same days of last month': unknown,
      'Change of complete days': unknown,
      'Last month': unknown,
    })
    expect(screen.queryByRole('radiogroup', { name: 'Month' })).toBeNull()
  })

  test('shows the last figures with their date when costs could not be read for a week', async () => {
    const old = { syncedAt: '2026-11-17T12:00:00.000Z', to: '2026-11-17' }
    const problem = { code: 'provider_unreachable', detail: 'Quill did not answer.' }
    const { page } = await openSpend('', {
      [PATH]: wireIntegration({
        dataSets: [dataSetState(), dataSetState({ id: 'costs', state: 'failed', problem, ...old })],
      }),
      [COSTS]: answerCosts({ asOf: { ...COSTS_AS_OF, ...old, stale: true } }, DAYS.slice(0, 4)),
    })
    expect(termsIn(page)).toMatchObject({
      'November 2026 so far': ['$0.30', 'Nov 1 – Nov 17; the last two days are not complete'],
    })
    expect(textOf(page)).toContain(
      'Sep 26, 2026 – Nov 17, 2026 (UTC days)Out of date: not read by the last two scheduled syncs',
    )
    expect(textOf(page)).toContain('Quill did not answer. What was read ')
    expect(textOf(page)).toContain(' is shown, up to Nov 17, 2026; each sync tries again.')
  })

  test('says so when no costs were reported', async () => {
    const { page } = openPage(`/integrations/${ID}/spend`, {
      ...ANSWERS,
      [COSTS]: wireCosts('day', [], { currency: null, attribution: null, total: '0' }),
    })
    await waitUntil('the reason', () => textOf(page).includes('No costs were reported'))
    expect(textOf(page)).not.toContain('Which people caused costs')
  })

  test.each([
    ['not_permitted', 'The key lacks the permission seals.read.'],
    ['never_read', 'Switched off, or not synced yet.'],
  ] as const)('that was never read is explained with the permission that it needs: %s', async (state, reason) => {
    const dataSets = [{ id: 'costs', required: false, permission: 'seals.read', gives: 'Seals' }]
    const { page, queriesTo } = openPage(`/integrations/${ID}/spend`, {
      ...ANSWERS,
      '/v1/providers': { items: [wireProvider({ dataSets })] },
      [PATH]: wireIntegration({
        dataSets: [dataSetState({ id: 'costs', state, syncedAt: null, from: null, to: null })],
      }),
      [COSTS]: notRead,
    })
    await waitUntil(
      'the reason',
      () => textOf(page).includes(`Costs were not read${reason}`),
      () => textOf(page),
    )
    expect(queriesTo(COSTS)).toEqual([])
    expect(textOf(page).includes('Make a new one that grants it')).toBe(state === 'not_permitted')
    expect(textOf(page).includes('switched on')).toBe(state === 'never_read')
  })

  test('that the first syncs could not read names no permission: the notice above says why', async () => {
    const problem = { code: 'provider_unreachable', detail: 'Quill did not answer. It is not the key.' }
    const state = { state: 'failed', problem, syncedAt: null, from: null, to: null } as const
    const { page } = openPage(`/integrations/${ID}/spend`, {
      ...ANSWERS,
      [PATH]: wireIntegration({ dataSets: [dataSetState({ id: 'costs', ...state })] }),
      [COSTS]: notRead,
    })
    await waitUntil('the reason', () => textOf(page).includes('The last sync could not read that.'))
    expect(textOf(page)).toContain('It is not the key.')
    expect(textOf(page)).not.toContain('needs the permission')
  })
})
