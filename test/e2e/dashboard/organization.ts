import { licensesSchema, usageSchema, userListSchema } from '../../../shared/contracts/data-contract.ts'
import { tabTo } from './keyboard.ts'
import type { Stage } from './stage.ts'

/** The figures on the organization page are the API's. */
export async function showsTheApisFigures({ page, api, integrationPath }: Stage): Promise<void> {
  const { seats, licenses, activePeople } = await api(licensesSchema, `${integrationPath}/licenses`)
  const { total } = await api(usageSchema, `${integrationPath}/usage?groupBy=day`)
  const expected: readonly [string, number][] = [
    ['Members', seats.member],
    ['Guests', seats.guest],
    ['Licences in use', licenses.inUse],
    ['Unused', licenses.unused],
    ['Requests', total.requests],
    ['Active today', activePeople.today],
    ['Active, 7 days', activePeople.last7Days],
    ['Active, 30 days', activePeople.last30Days],
  ]
  const number = new Intl.NumberFormat('en-US')
  for (const [label, value] of expected) {
    const figure = page
      .locator('dl > div')
      .filter({ has: page.getByText(label, { exact: true }) })
      .first()
    await figure.getByText(number.format(value), { exact: true }).waitFor()
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
