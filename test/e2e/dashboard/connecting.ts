import assert from 'node:assert/strict'
import { licensesSchema, usageSchema, userListSchema } from '../../../shared/contracts/data-contract.ts'
import { enter, tabTo, type } from './keyboard.ts'
import type { Stage } from './stage.ts'

const FIRST_SYNC_WITHIN_MS = 60_000

/** Connects an organization, by keyboard alone: bad keys get the API's advice, a good one leads to the filled page. */
export async function connectsByKeyboard(stage: Stage): Promise<void> {
  const { page, openai } = stage
  const { keys } = openai.organization
  await page.getByText('No organization is connected yet').waitFor()
  await enter(page, page.getByRole('link', { name: 'Connect an organization' }))
  await enter(page, page.getByRole('button', { name: /^OpenAI/ }))
  await page.getByText('Only an Organization Owner can create an Admin key').waitFor()
  await tries(stage, 'not a key', 'This must have 20 to 500 printable ASCII characters')
  await tries(stage, keys.revoked, 'Settings → Organization settings → Admin keys')
  await tries(stage, keys.project, 'only an Admin key gives organization-level access')
  await tries(stage, keys.withoutUsage, 'Usage figures: cannot be read')
  await page.getByText('Member directory: can be read').waitFor()
  await type(page, page.getByLabel('Admin key', { exact: true }), keys.admin)
  await page.keyboard.press('Enter')
  const name = page.getByLabel('Name')
  await name.waitFor()
  assert.equal(await name.inputValue(), 'OpenAI Organization')
  await type(page, name, 'Acme Europe')
  await enter(page, page.getByRole('button', { name: 'Save' }))
  await page.waitForURL(/\/integrations\/[^/]+$/)
  stage.integrationPath = new URL(page.url()).pathname
  await page.getByText('As of').waitFor({ timeout: FIRST_SYNC_WITHIN_MS })
  const stored = await page.evaluate(() =>
    JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]),
  )
  const kept = stored + (await page.content())
  assert.ok(!kept.includes(keys.admin), 'The browser keeps the key.')
}

async function tries({ page }: Stage, key: string, advice: string): Promise<void> {
  const field = page.getByLabel('Admin key', { exact: true })
  await field.focus()
  await type(page, field, key)
  await enter(page, page.getByRole('button', { name: 'Continue' }))
  await page.getByText(advice).first().waitFor()
}

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
    const count = items.filter(({ seat }) => seat?.reason !== 'owner').length
    if (count === 0) await page.getByText(`used the API in the last ${days} days`).waitFor()
    else await page.getByText(` of ${number.format(count)}.`).waitFor()
  }
}
