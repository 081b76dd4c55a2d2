import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import type { Download } from 'playwright-core'
import readExcelFile from 'read-excel-file/node'
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

/** What is downloaded is what the API gives for the same filters: CSV byte by byte behind a byte order mark; the same people as a workbook. */
export async function downloadsExactlyTheFiltered(stage: Stage): Promise<void> {
  const { page, url, integrationPath } = stage
  const query = 'q=al&license=unused&sort=-addedAt'
  const expected = await (await fetch(`${url}/v1${integrationPath}/users?${query}&format=csv`)).text()
  const csv = await downloaded(page, 'Download CSV')
  assert.match(csv.suggestedFilename(), /members, search al, no use, \d{4}-\d\d-\d\d\.csv$/)
  assert.equal(await readFile(await csv.path(), 'utf8'), `\uFEFF${expected}`)
  const workbook = await downloaded(page, 'Download Excel')
  assert.match(workbook.suggestedFilename(), /members, search al, no use, \d{4}-\d\d-\d\d\.xlsx$/)
  assert.deepEqual(await idsInWorkbook(workbook), idsInCsv(expected))
  await downloadsEverybody(stage)
}

/** A workbook of everybody is larger than what a library would compress in a worker, which the content policy refuses. */
async function downloadsEverybody({ page, url, integrationPath }: Stage): Promise<void> {
  await page.goto(`${url}${integrationPath}/members?kind=any&accountStatus=any`)
  const workbook = await downloaded(page, 'Download Excel')
  const csv = await fetch(`${url}/v1${integrationPath}/users?kind=any&accountStatus=any&format=csv`)
  assert.deepEqual(await idsInWorkbook(workbook), idsInCsv(await csv.text()))
}

async function idsInWorkbook(workbook: Download) {
  const [members] = await readExcelFile(await workbook.path())
  return (members?.data ?? []).slice(1).map((row) => row.at(-1))
}

function idsInCsv(csv: string): string[] {
  return parse(csv, { columns: true }).map((row) => (row as { id: string }).id)
}

/** Presses a button that downloads a file. */
export async function downloaded(page: Stage['page'], button: string) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    enter(page, page.getByRole('button', { name: button })),
  ])
  return download
}

/** A search for somebody who is not among the active people says that there is a match, and shows it with one press. */
export async function findsPeopleOutsideOfTheView({ page, url, api, integrationPath }: Stage): Promise<void> {
  const { items } = await api(userListSchema, `${integrationPath}/users?kind=service_account&limit=1`)
  const name = items[0]?.name ?? ''
  await page.goto(`${url}${integrationPath}/members?q=${encodeURIComponent(name)}`)
  await page.getByText('One match is not shown').waitFor()
  await enter(page, page.getByRole('button', { name: 'Show it' }))
  await page.getByRole('link', { name }).waitFor()
  // A filter is a step that Back takes away.
  await page.goBack()
  await page.getByText('One match is not shown').waitFor()
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
