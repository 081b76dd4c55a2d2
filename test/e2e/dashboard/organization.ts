import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { licensesSchema } from '../../../shared/contracts/data-contract.ts'
import { operations } from '../../../shared/contracts/operations.ts'
import { integrationListSchema } from '../../../shared/contracts/integration-contract.ts'
import { addDays } from '../../../shared/domain/day.ts'
import { enter, tabTo } from './keyboard.ts'
import type { Stage } from './stage.ts'

/** The figures on the organization page are the API's, in each range of days; those on the page of all organizations too. */
export async function showsTheApisFigures(stage: Stage): Promise<void> {
  const { page, url, api, integrationPath } = stage
  const { asOf, seats, licenses, activePeople } = await api(licensesSchema, `${integrationPath}/licenses`)
  assert.ok(asOf !== null, 'Nothing has been synced.')
  await showsFigures(page, {
    Members: seats.member,
    Guests: seats.guest,
    'Used in 60 days': licenses.inUse,
    'No use in 60 days': licenses.unused,
    'Active people': licenses.inUse,
  })
  await tabTo(page, page.getByRole('radiogroup', { name: 'Days shown' }).getByRole('radio', { checked: true }))
  for (const [key, days, active] of [
    ['ArrowLeft', 30, activePeople.last30Days],
    ['ArrowLeft', 7, activePeople.last7Days],
    ['ArrowRight', 30, activePeople.last30Days],
    ['ArrowRight', 60, licenses.inUse],
  ] as const) {
    await page.keyboard.press(key)
    const range = `from=${addDays(asOf.to, 1 - days)}&to=${asOf.to}`
    const { total } = await api(operations.getUsage.answer.schema, `${integrationPath}/usage?groupBy=day&${range}`)
    await page.getByText(`By requests in ${days} days.`).waitFor()
    await showsFigures(page, { Requests: total.requests, 'Active people': active })
  }
  await enter(page, page.getByRole('link', { name: 'Organizations' }).first())
  const { items } = await api(integrationListSchema, '/integrations')
  const [counts] = items.map((integration) => integration.counts)
  assert.ok(items.length === 1 && counts !== undefined)
  const { members, guests, unused } = counts
  const card = page.getByRole('article')
  await showsFigures(page, { Members: members, Guests: guests, 'No use in 60 days': unused }, card)
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
