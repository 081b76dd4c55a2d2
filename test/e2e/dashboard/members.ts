import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { licensesSchema, userListSchema, userSchema } from '../../../shared/contracts/data-contract.ts'
import { enter, tabTo, type } from './keyboard.ts'
import type { Stage } from './stage.ts'

const ROWS_COMPARED = 10

/** Search, filter and order by keyboard; the address holds them; the rows are the API's. */
export async function filtersMembersByKeyboard({ page, api, integrationPath }: Stage): Promise<void> {
  await enter(page, page.getByRole('link', { name: 'Members', exact: true }))
  await type(page, page.getByLabel('Search'), 'al')
  await tabTo(page, page.getByLabel('Use', { exact: true }))
  await page.keyboard.type('No u')
  await enter(page, page.getByRole('button', { name: 'Added' }))
  await page.waitForURL(/q=al.*license=unused.*sort=-addedAt/)
  const { items } = await api(userListSchema, `${integrationPath}/users?q=al&license=unused&sort=-addedAt&limit=1000`)
  assert.ok(items.length > 0, 'Nobody to compare.')
  const emails = items.slice(0, ROWS_COMPARED).map(({ email }) => email ?? '')
  await showsEmails(page, emails)
  await page.reload()
  await showsEmails(page, emails)
  const { people } = await api(licensesSchema, `${integrationPath}/licenses`)
  await page.getByText(`${items.length} of ${people.active} people`, { exact: true }).waitFor()
}

/** What is downloaded is what the API gives for the same filters, byte by byte. */
export async function downloadsExactlyTheFiltered({ page, url, integrationPath }: Stage): Promise<void> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    enter(page, page.getByRole('button', { name: 'Download these as CSV' })),
  ])
  const query = 'q=al&license=unused&sort=-addedAt'
  const expected = await fetch(`${url}/v1${integrationPath}/users?${query}&format=csv`)
  assert.equal(await readFile(await download.path(), 'utf8'), await textOf(expected))
}

/** A filter that an address misspells is told, with the list unfiltered by it. */
export async function tellsOfAMisspeltFilter({ page, url, integrationPath }: Stage): Promise<void> {
  await page.goto(`${url}${integrationPath}/members?seat=sofa`)
  await page.getByText('seat=sofa was left out').waitFor()
  await page.getByLabel('Seat').selectOption('guest')
  await page.getByText('seat=sofa was left out').waitFor({ state: 'detached' })
}

/** A member's page says who, which seat and why; reached from the table by keyboard. */
export async function showsAMember({ page, url, api, integrationPath }: Stage): Promise<void> {
  const { items } = await api(userListSchema, `${integrationPath}/users?sort=-requests&limit=1`)
  const [user] = items
  assert.ok(user?.name, 'Nobody to show.')
  await page.goto(`${url}${integrationPath}/members?sort=-requests`)
  await enter(page, page.getByRole('link', { name: user.name }).first())
  const { requests, inputTokens } = await api(userSchema, `${integrationPath}/users/${user.id}`)
  const number = new Intl.NumberFormat('en-US')
  await page.getByRole('heading', { name: user.name }).waitFor()
  await page.getByText('Member, because').waitFor()
  await page.getByText(number.format(requests), { exact: true }).first().waitFor()
  await page.getByText(number.format(inputTokens), { exact: true }).waitFor()
  await enter(page, page.getByRole('link', { name: 'Back to the list' }))
  await page.waitForURL(/members\?sort=-requests$/)
}

/** Waits until the first rows are these people, in this order. */
async function showsEmails(page: Stage['page'], expected: readonly string[]): Promise<void> {
  const rows = page.getByRole('row').filter({ has: page.getByRole('cell') })
  for (const [index, email] of expected.entries()) await rows.nth(index).getByText(email, { exact: true }).waitFor()
}

/** Keeps a byte order mark, as a file does. */
async function textOf(response: Response): Promise<string> {
  return Buffer.from(await response.arrayBuffer()).toString('utf8')
}
