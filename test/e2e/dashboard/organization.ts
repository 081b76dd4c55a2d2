import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { licensesSchema, usageSchema, userListSchema } from '../../../shared/contracts/data-contract.ts'
import { integrationListSchema } from '../../../shared/contracts/integration-contract.ts'
import { addDays } from '../../../shared/domain/day.ts'
import { enter, tabTo } from './keyboard.ts'
import type { Stage } from './stage.ts'

/** The figures on the organization page are the API's, in each range of days; those on the first page too. */
export async function showsTheApisFigures(stage: Stage): Promise<void> {
  const { page, url, api, integrationPath } = stage
  const { asOf, seats, licenses, activePeople } = await api(licensesSchema, `${integrationPath}/licenses`)
  assert.ok(asOf !== null, 'Nothing has been synced.')
  await showsFigures(page, {
    Members: seats.member,
    Guests: seats.guest,
    'Licences in use': licenses.inUse,
    Unused: licenses.unused,
    'Active today': activePeople.today,
    'Active, 7 days': activePeople.last7Days,
    'Active, 30 days': activePeople.last30Days,
  })
  await tabTo(page, page.getByRole('radiogroup', { name: 'Days shown' }).getByRole('radio', { checked: true }))
  for (const [key, days] of [
    ['ArrowLeft', 30],
    ['ArrowLeft', 7],
    ['ArrowRight', 30],
    ['ArrowRight', 60],
  ] as const) {
    await page.keyboard.press(key)
    const range = `from=${addDays(asOf.to, 1 - days)}&to=${asOf.to}`
    const { total } = await api(usageSchema, `${integrationPath}/usage?groupBy=day&${range}`)
    await showsFigures(page, { Requests: total.requests })
  }
  await enter(page, page.getByRole('link', { name: 'Integrations' }).first())
  const { items } = await api(integrationListSchema, '/integrations')
  const [counts] = items.map((integration) => integration.counts)
  assert.ok(items.length === 1 && counts !== undefined)
  const { members, guests, inUse, unused } = counts
  const totals = {
    Organizations: 1,
    Members: members,
    Guests: guests,
    'Licences in use': inUse,
    'Unused seats': unused,
  }
  await showsFigures(page, totals)
  const card = page.getByRole('article')
  await showsFigures(page, { Members: members, Guests: guests, 'Unused seats': unused }, card)
  await page.goto(url + integrationPath)
}

async function showsFigures(
  page: Page,
  figures: Readonly<Record<string, number>>,
  place: Locator = page.locator('main'),
): Promise<void> {
  const number = new Intl.NumberFormat('en-US')
  for (const [label, value] of Object.entries(figures)) {
    const figure = place.locator('dl > div').filter({ has: page.getByText(label, { exact: true }) })
    await figure.first().getByText(number.format(value), { exact: true }).waitFor()
  }
}

/** Idle people are found by keyboard, for each of the three spans; owners are left out. */
export async function findsIdlePeople({ page, api, integrationPath }: Stage): Promise<void> {
  const number = new Intl.NumberFormat('en-US')
  await tabTo(page, page.getByRole('radiogroup', { name: 'No API use in' }).getByRole('radio', { checked: true }))
  for (const [key, days] of [
    ['ArrowRight', 60],
    ['ArrowLeft', 30],
    ['ArrowLeft', 14],
  ] as const) {
    await page.keyboard.press(key)
    const { items } = await api(userListSchema, `${integrationPath}/users?idleDays=${days}&limit=1000`)
    const count = items.filter(({ role }) => role !== 'owner').length
    if (count === 0) await page.getByText(`used the API in the last ${days} days`).waitFor()
    else await page.getByText(` of ${number.format(count)}.`).waitFor()
  }
}
