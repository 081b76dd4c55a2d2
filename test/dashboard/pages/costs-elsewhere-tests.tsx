import { describe, expect, test } from '@jest/globals'
import { fireEvent, screen } from '@testing-library/dom'
import { waitUntil } from '../../watchdog.ts'
import { openLoadedPage, type Answers } from './open-page.tsx'
import { rowsOf, sectionCalled, termsIn, textOf } from './read-page.ts'
import { costDay, wireCosts, wireUserCosts } from './wire-costs.ts'
import { wireKey, wireKeys } from './wire-lists.ts'
import { AS_OF, dataSetState, ID, PATH, wireIntegration, wireLicenses, wireMe, wireUser, wireUsers } from './wire.ts'

const COSTS = `${PATH}/costs`
const TWO_MONTHS = { groupBy: 'day', from: '2026-10-01', to: '2026-11-24' }
const COST = { amount: '12.345', currency: 'USD' }
/** How older costs among newer figures are announced. */
const OLDER_COSTS = 'Costs as of'
const ANSWERS: Answers = {
  '/v1/me': wireMe('viewer'),
  [PATH]: wireIntegration({ dataSets: ['directory', 'keys', 'costs'].map((id) => dataSetState({ id })) }),
  [`${PATH}/licenses`]: wireLicenses(),
  [COSTS]: wireCosts('day', [costDay('2026-10-01', '8'), costDay('2026-11-02', '31')]),
}

describe('Costs on other pages', () => {
  const openMembers = (user = wireUser({ cost: COST })) =>
    openLoadedPage(`/integrations/${ID}/members`, '[role=cell]', {
      ...ANSWERS,
      [`${PATH}/users`]: wireUsers([user]),
    })

  test('members have a column of costs that sorts them', async () => {
    const { page, queryAfter } = await openMembers()
    const [row] = rowsOf(page.querySelector('[role=table]') ?? page)
    expect(textOf(row?.['Cost'])).toBe('Cost $12.35')
    expect(textOf(page)).not.toContain(OLDER_COSTS)
    const sort = () => fireEvent.click(screen.getByRole('button', { name: 'Cost' }))
    expect(await queryAfter(sort, `${PATH}/users`, ({ limit }) => limit === '50')).toMatchObject({ sort: '-cost' })
  })

  test('members have no column of costs where those of people are not known', async () => {
    const { page } = await openMembers(wireUser())
    const [row] = rowsOf(page.querySelector('[role=table]') ?? page)
    expect(Object.keys(row ?? {})).not.toContain('Cost')
  })

  test('the page of an organization has the month’s sum, a link to Spend, and asks for nobody’s costs', async () => {
    const { page, queriesTo } = await openLoadedPage(`/integrations/${ID}`, 'dl', {
      ...ANSWERS,
      [`${PATH}/users`]: wireUsers([]),
    })
    const text =
      'Spend in November 2026 so far: $31.00. Nov 1 – Nov 22: $31.00, in the same days of October 2026: $8.00.Show the spend'
    await waitUntil(
      'the sum',
      () => textOf(page).includes(text),
      () => textOf(page),
    )
    expect(queriesTo(COSTS)).toEqual([TWO_MONTHS])
    expect(textOf(page)).not.toContain(OLDER_COSTS)
    expect(page.querySelector(`a[href="/integrations/${ID}/spend"]`)).not.toBeNull()
  })

  test('the page of an organization says nothing of costs that were not read', async () => {
    const { page, queriesTo } = await openLoadedPage(`/integrations/${ID}`, 'dl', {
      ...ANSWERS,
      [PATH]: wireIntegration(),
      [`${PATH}/users`]: wireUsers([]),
    })
    await waitUntil('the name', () => textOf(page).includes('Acme Europe'))
    expect(textOf(page)).not.toContain('Spend in')
    expect(queriesTo(COSTS)).toEqual([])
  })

  const openMember = (user = wireUser({ cost: COST }), answers: Answers = {}) => {
    const path = `${PATH}/users/${user.id}`
    return openLoadedPage(`/integrations/${ID}/members/${user.id}`, 'dl', {
      ...ANSWERS,
      [path]: user,
      [`${path}/usage`]: { items: [], nextCursor: null, asOf: AS_OF },
      [`${path}/costs`]: wireUserCosts({ '2026-11-20': '12', '2026-11-23': '0.345' }),
      [`${PATH}/keys`]: wireKeys([]),
      ...answers,
    })
  }

  test('the page of a member has what they cost, by day, and whose attribution that is', async () => {
    const missing = [{ part: 'user', code: 'data_set_unavailable', rowsAsOf: null }]
    const { page } = await openMember(wireUser({ cost: COST }), {
      [PATH]: wireIntegration({ dataSets: [dataSetState({ id: 'keys' }), dataSetState({ id: 'costs', missing })] }),
    })
    expect(termsIn(page)['Cost']).toEqual(['$12.35', 'in 4 days, before tax and credits'])
    expect(textOf(page)).not.toContain(OLDER_COSTS)
    const card = sectionCalled(page, 'Costs by day')
    expect(textOf(card)).toContain(
      'Attributed to people by the owners of keys, since Quill refused its report of costs by user: it is not offered',
    )
    const chart = card.querySelector('[role=slider]')
    expect(chart?.getAttribute('aria-label')).toBe('Costs by day: $12.35 in 60 days')
    expect(chart?.querySelectorAll(':scope > [data-unfinished=true]')).toHaveLength(2)
    const rows = rowsOf(card.querySelector('table') ?? card).slice(0, 5)
    expect(rows.map((row) => Object.values(row).map((cell) => textOf(cell)))).toEqual(
      ['$0.00', '$0.35', '$0.00', '$0.00', '$12.00'].map((amount) => [amount]),
    )
  })

  test('the page of a member says nothing of costs where those of people are not known', async () => {
    const { page, queriesTo } = await openMember(wireUser())
    expect(termsIn(page)).not.toHaveProperty('Cost')
    expect(textOf(page)).not.toContain('Costs by day')
    expect(queriesTo(`${PATH}/users/${wireUser().id}/costs`)).toEqual([])
  })

  const WITH_OLDER_COSTS = {
    [PATH]: wireIntegration({
      dataSets: [
        dataSetState({ id: 'directory' }),
        dataSetState({ id: 'keys' }),
        dataSetState({ id: 'costs', state: 'failed', to: '2026-11-17' }),
      ],
    }),
  }

  test.each(['', '/members', '/members/ada', '/keys'])(
    'older costs among newer figures say until when: %s',
    async (path) => {
      const { page } = await openLoadedPage(`/integrations/${ID}${path}`, 'dl, [role=cell]', {
        ...ANSWERS,
        ...WITH_OLDER_COSTS,
        [`${PATH}/users`]: wireUsers([wireUser({ cost: COST })]),
        [`${PATH}/users/ada`]: wireUser({ id: 'ada', cost: COST }),
        [`${PATH}/users/ada/usage`]: { items: [], nextCursor: null, asOf: AS_OF },
        [`${PATH}/users/ada/costs`]: wireUserCosts({ '2026-11-16': '12.345' }),
        [`${PATH}/keys`]: wireKeys([wireKey({ cost: COST })]),
      })
      await waitUntil('the costs', () => textOf(page).includes('$'))
      expect(textOf(page)).toContain(`${OLDER_COSTS} Nov 17, 2026: the last sync could not read that.`)
    },
  )

  test.each([
    ['have their cost where it is known', COST, 'Cost $12.35'],
    ['have no column of costs where none is known', null, undefined],
  ])('keys %s', async (_, cost, text) => {
    const { page } = await openLoadedPage(`/integrations/${ID}/keys`, '[role=table]', {
      ...ANSWERS,
      [`${PATH}/keys`]: wireKeys([wireKey({ cost })]),
    })
    const [row] = rowsOf(page.querySelector('[role=table]') ?? page)
    expect(row?.['Cost'] && textOf(row['Cost'])).toBe(text)
    expect(textOf(page)).not.toContain(OLDER_COSTS)
  })
})
