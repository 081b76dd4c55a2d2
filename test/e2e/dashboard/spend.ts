import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import type { Locator, Page } from 'playwright-core'
import readExcelFile from 'read-excel-file/node'
import type { CostGrouping, WireCosts } from '../../../shared/contracts/costs-contract.ts'
import { userListSchema } from '../../../shared/contracts/data-contract.ts'
import { operations } from '../../../shared/contracts/operations.ts'
import { addDays, daysBetween } from '../../../shared/domain/day.ts'
import { settled } from './browser.ts'
import { enter, tabTo } from './keyboard.ts'
import { downloaded } from './members.ts'
import type { Stage } from './stage.ts'

const ROWS_COMPARED = 8
/** What the table is called by each grouping, in the order of the switch. */
const TABLES = [
  ['project', 'Costs by project'],
  ['lineItem', 'Costs by line item'],
  ['user', 'Costs by person'],
  ['key', 'Costs by key'],
] as const

/** The sheets of the workbook after its first. */
const SHEETS = [['day'], ...TABLES]

interface Range {
  readonly from: string
  readonly to: string
}

/** The sums, tables and files of Spend are the API’s, for both months; members and keys show what they cost. */
export async function readsWhatItCosts(stage: Stage): Promise<void> {
  const { page, url, integrationPath } = stage
  const { asOf } = await costsOf(stage, 'day')
  const { thisMonth, lastMonth, compared } = monthsOf(asOf.to)
  await page.goto(url + integrationPath)
  await page
    .getByText('Spend in')
    .getByText(await totalOf(stage, thisMonth), { exact: true })
    .waitFor()
  await enter(page, page.getByRole('link', { name: 'Show the spend' }))
  await page.waitForURL(/\/spend$/)
  await settled(page)
  const figures = await page.locator('main dl dd:first-of-type').allInnerTexts()
  const [now, complete, before, , whole] = figures
  const expected = await Promise.all([thisMonth, lastMonth].map((range) => totalOf(stage, range)))
  assert.deepEqual([now, whole], expected)
  const inThem = compared && (await Promise.all([compared.now, compared.before].map((range) => totalOf(stage, range))))
  assert.deepEqual([complete, before], inThem ?? ['–', '–'])
  await marksPreliminaryDays(page)
  await showsEveryTable(stage, thisMonth)
  await tabTo(page, page.getByRole('radiogroup', { name: 'Month' }).getByRole('radio', { checked: true }))
  await page.keyboard.press('ArrowRight')
  await page.waitForURL(/month=last/)
  await showsTable(stage, 'key', 'Costs by key', lastMonth)
  await downloadsEveryFile(stage, lastMonth)
  await showsCostsOfMembers(stage)
}

/** The months of a day, calculated with dates of the platform. */
function monthsOf(to: string): { thisMonth: Range; lastMonth: Range; compared: { now: Range; before: Range } | null } {
  const [year = 0, month = 1] = to.split('-').map(Number)
  const dayOf = (ofMonth: number, day: number) => new Date(Date.UTC(year, ofMonth - 1, day)).toISOString().slice(0, 10)
  const thisMonth = { from: dayOf(month, 1), to }
  const lastMonth = { from: dayOf(month - 1, 1), to: dayOf(month, 0) }
  // The last two days are preliminary; the month before can be shorter.
  const days = Math.min(daysBetween(thisMonth.from, to) - 1, daysBetween(lastMonth.from, thisMonth.from))
  const daysFrom = (from: string) => ({ from, to: addDays(from, days - 1) })
  const compared = days <= 0 ? null : { now: daysFrom(thisMonth.from), before: daysFrom(lastMonth.from) }
  return { thisMonth, lastMonth, compared }
}

function costsOf({ api, integrationPath }: Stage, groupBy: CostGrouping, range?: Range): Promise<WireCosts> {
  const query = range === undefined ? '' : `&from=${range.from}&to=${range.to}`
  return api(operations.getCosts.answer.schema, `${integrationPath}/costs?groupBy=${groupBy}${query}`)
}

/** The API’s own total of days, as a person reads it. */
async function totalOf(stage: Stage, range: Range): Promise<string> {
  const { total, currency } = await costsOf(stage, 'day', range)
  return money(total, currency)
}

function money(amount: string, currency: string | null): string {
  assert.ok(currency !== null, 'There are no costs.')
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency })
  const isLessThanHalfACent = amount !== '0' && Math.abs(Number(amount)) < 0.005
  return isLessThanHalfACent ? `< ${format.format(0.01)}` : format.format(Number(amount))
}

async function marksPreliminaryDays(page: Page): Promise<void> {
  const slider = page.getByRole('region', { name: 'Costs by day' }).getByRole('slider')
  assert.equal(await slider.locator('[data-unfinished=true]').count(), 2)
  await tabTo(page, slider)
  assert.match((await slider.getAttribute('aria-valuetext')) ?? '', /, preliminary: /)
}

async function showsEveryTable(stage: Stage, range: Range): Promise<void> {
  const { page } = stage
  await tabTo(page, page.getByRole('radiogroup', { name: 'Costs by' }).getByRole('radio', { checked: true }))
  for (const [place, [groupBy, name]] of TABLES.entries()) {
    if (place > 0) await page.keyboard.press('ArrowRight')
    await showsTable(stage, groupBy, name, range)
  }
}

/** Waits until a table has the API’s most costly rows, those without a name among them, and its total. */
async function showsTable(stage: Stage, groupBy: CostGrouping, name: string, range: Range): Promise<void> {
  const { items, total, currency } = await costsOf(stage, groupBy, range)
  assert.ok(items.length > 0, `There are no costs by ${groupBy}.`)
  const rows = stage.page.getByRole('table', { name, exact: true }).getByRole('row')
  const mostCostly = [...items].toSorted((left, right) => Number(right.amount) - Number(left.amount))
  for (const [index, item] of mostCostly.slice(0, ROWS_COMPARED).entries()) {
    await showsAmount(rows.nth(index + 1), nameIn(item), money(item.amount, currency))
  }
  await showsAmount(rows.last(), 'Total', money(total, currency))
}

/** The change beside an amount can have the same one. */
async function showsAmount(row: Locator, name: string, amount: string): Promise<void> {
  await row.filter({ hasText: name }).getByRole('cell').nth(1).getByText(amount, { exact: true }).waitFor()
}

async function showsRow(row: Locator, name: string, amount: string): Promise<void> {
  await row.filter({ hasText: name }).getByText(amount, { exact: true }).waitFor()
}

/** What a row is called: what stands for nobody and nothing has a name of its own. */
function nameIn(item: WireCosts['items'][number]): string {
  if ('kind' in item) {
    if (item.kind === 'unattributed') return 'Unattributed'
    return item.name ?? item.email ?? item.userId ?? 'Not in the directory'
  }
  if ('projectId' in item) return item.projectId === null ? 'Unattributed' : (item.name ?? item.projectId)
  if ('keyId' in item) return item.keyId === null ? 'Unattributed' : (item.name ?? item.keyId)
  return 'lineItem' in item ? (item.lineItem ?? 'Unattributed') : item.day
}

async function downloadsEveryFile({ page, url, integrationPath }: Stage, { from, to }: Range): Promise<void> {
  const read = async (query: string) =>
    (await fetch(`${url}/v1${integrationPath}/costs?from=${from}&to=${to}&${query}`)).text()
  const csv = await downloaded(page, 'Download CSV')
  assert.ok(csv.suggestedFilename().endsWith(` costs by key, from ${from}, ${to}.csv`), csv.suggestedFilename())
  assert.equal(await readFile(await csv.path(), 'utf8'), `\uFEFF${await read('groupBy=key&format=csv')}`)
  const focus = await downloaded(page, 'Download FOCUS')
  assert.equal(await readFile(await focus.path(), 'utf8'), await read('format=focus'))
  const workbook = await downloaded(page, 'Download Excel')
  assert.ok(workbook.suggestedFilename().endsWith(` costs, from ${from}, ${to}.xlsx`), workbook.suggestedFilename())
  const sheets = await readExcelFile(await workbook.path())
  for (const [index, [groupBy]] of SHEETS.entries()) {
    const amounts = (sheets[index + 1]?.data ?? []).slice(1).map((row) => row.at(-2))
    assert.deepEqual(amounts, amountsInCsv(await read(`groupBy=${groupBy}&format=csv`)), groupBy)
  }
}

function amountsInCsv(csv: string): number[] {
  return parse(csv, { columns: true }).map((row) => Number((row as { amount: string }).amount))
}

/** The most costly members, in the API’s order; the page of the first one has the same amount, and its days. */
async function showsCostsOfMembers({ page, url, api, integrationPath }: Stage): Promise<void> {
  const { items } = await api(userListSchema, `${integrationPath}/users?sort=-cost&limit=${ROWS_COMPARED}`)
  await page.goto(`${url}${integrationPath}/members`)
  await enter(page, page.getByRole('button', { name: 'Cost', exact: true }))
  await page.waitForURL(/sort=-cost/)
  const rows = page.getByRole('row').filter({ has: page.getByRole('cell') })
  for (const [index, { name, email, id, cost }] of items.entries()) {
    assert.ok(cost !== null, 'Costs of people are not known.')
    await showsRow(rows.nth(index), name ?? email ?? id, money(cost.amount, cost.currency))
  }
  const [first] = items
  assert.ok(first?.cost != null)
  await page.goto(`${url}${integrationPath}/members/${first.id}`)
  const amount = money(first.cost.amount, first.cost.currency)
  await page.locator('dl > div').filter({ hasText: /^Cost/ }).getByText(amount, { exact: true }).waitFor()
  const slider = page.getByRole('region', { name: 'Costs by day' }).getByRole('slider')
  await slider.waitFor()
  assert.ok((await slider.getAttribute('aria-label'))?.startsWith(`Costs by day: ${amount} in `))
}
