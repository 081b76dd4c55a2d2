import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import readExcelFile from 'read-excel-file/node'
import { peopleSchema, type WirePerson } from '../../../shared/contracts/people-contract.ts'
import { openPage, settled } from './browser.ts'
import { enter, tabTo, type } from './keyboard.ts'
import { downloaded } from './members.ts'
import type { Stage } from './stage.ts'
import { reachesEverything } from './tab-walk.ts'

const ROWS_COMPARED = 8
const LAST_DAY = '2026-01-31'

/** People of both organizations, each once: filtered by keyboard, with the filters in the address, and downloaded. */
export async function readsPeople(stage: Stage): Promise<void> {
  const { page, url, api } = stage
  const all = await api(peopleSchema, '/people?limit=1000')
  const both = await api(peopleSchema, '/people?minOrganizations=2&sort=-organizations&limit=1000')
  assert.ok(both.total > 0 && both.total < all.total, 'Some people should be in both organizations.')
  await page.goto(`${url}/organizations`)
  await enter(page, page.getByRole('link', { name: 'People', exact: true }))
  await page.getByText(`${all.total} people`, { exact: true }).waitFor()
  await type(page, page.getByLabel('Search'), 'al')
  await tabTo(page, page.getByLabel('Number of organizations'))
  await page.keyboard.type('In 2')
  await enter(page, page.getByRole('button', { name: 'Requests' }))
  await page.waitForURL(/q=al.*minOrganizations=2.*sort=-requests/)
  const query = 'q=al&minOrganizations=2&sort=-requests'
  const found = await api(peopleSchema, `/people?${query}&limit=1000`)
  assert.ok(found.total > 0, 'Nobody to compare.')
  await showsPeople(stage, found.items)
  await page.reload()
  await showsPeople(stage, found.items)
  await page.getByText(`${found.total} of ${all.total} people`, { exact: true }).waitFor()
  await downloadsThem(stage, query, found.items)
}

/** What is downloaded is what the API gives for the same filters: CSV byte by byte behind a byte order mark; the same people as a workbook. */
async function downloadsThem({ page, url }: Stage, query: string, people: readonly WirePerson[]): Promise<void> {
  const expected = await (await fetch(`${url}/v1/people?${query}&format=csv`)).text()
  const csv = await downloaded(page, 'Download CSV')
  assert.match(csv.suggestedFilename(), /people, search al, in at least 2 organizations, \d{4}-\d\d-\d\d\.csv$/)
  assert.equal(await readFile(await csv.path(), 'utf8'), `\uFEFF${expected}`)
  const rows: unknown[] = parse(expected, { columns: true })
  assert.equal(rows.length, people.flatMap(({ memberships }) => memberships).length)
  const workbook = await downloaded(page, 'Download Excel')
  const [sheet] = await readExcelFile(await workbook.path())
  const ids = (sheet?.data ?? []).slice(1).map((row) => row.at(-1))
  assert.deepEqual(
    ids,
    people.map(({ id }) => id),
  )
}

/**
 * Somebody leaves the company: the roster is uploaded with their last day. They still have access in both organizations, and a live key
 * with spend. The first finding about them leads to one page that says so, and there it says where to remove them.
 */
export async function findsWhoLeft(given: Stage): Promise<void> {
  const { browser, url, api } = given
  const { page, troubles, close } = await openPage(browser, { url })
  const stage = { ...given, page }
  const { items } = await api(peopleSchema, '/people?minOrganizations=2&limit=1000')
  const leaver = items.find(isLeaver)
  assert.ok(leaver?.name != null && leaver.email !== null, 'Nobody in two organizations has a working key.')
  await uploadsARoster(stage, leaver.email)
  await page.goto(`${url}/people?minOrganizations=2`)
  await type(page, page.getByLabel('Search'), leaver.email.split('@')[0] ?? '')
  await enter(page, page.getByRole('cell').getByRole('link', { name: leaver.name }).first())
  await page.waitForURL(`${url}/people/${leaver.id}`)
  const keys = leaver.memberships.reduce((sum, membership) => sum + (membership.keys ?? 0), 0)
  const story = new RegExp(
    `^Left the company on Jan 31(, 2026)? \\(roster\\), still has access in 2 organizations and ${keys} working keys? that cost [^ ]+ in the last 60 days\\. Last used`,
  )
  await page.locator('main').getByText(story).waitFor()
  const findings = page.getByRole('region', { name: 'Findings' })
  await findings.getByRole('heading', { name: 'People who are not in the roster' }).waitFor()
  for (const { integrationName, userId, integrationId } of leaver.memberships) {
    await findings.getByRole('heading', { name: integrationName }).first().waitFor()
    const href = `/integrations/${integrationId}/members/${userId}`
    await page.locator(`[aria-label=Organizations] a[href="${href}"]`).waitFor()
  }
  await settled(page)
  await reachesEverything(page)
  await leadsToTheMemberAndBack(stage, leaver)
  // The broken file is refused, and the browser says it.
  assert.deepEqual(
    troubles.filter((trouble) => !trouble.includes('400 (Bad Request)')),
    [],
  )
  await close()
}

/** The page of somebody who left. */
export async function leaverPathOf({ api }: Stage): Promise<string> {
  const { items } = await api(peopleSchema, '/people?minOrganizations=2&limit=1000')
  return `/people/${items.find(isLeaver)?.id}`
}

/** True for somebody with a company address, whose accounts are active, and whose key costs something. */
function isLeaver({ email, memberships }: WirePerson): boolean {
  return (
    email !== null &&
    email.toLowerCase().endsWith('@northwind.example') &&
    memberships.every(({ accountStatus, lastActiveOn }) => accountStatus === 'active' && lastActiveOn !== null) &&
    memberships.some(({ keys, role }) => keys !== null && keys > 0 && role !== 'owner' && role !== 'admin')
  )
}

/** All company addresses, one of them with a last day that is over. A file with a broken line is refused first, and the line named. */
async function uploadsARoster({ page, url, api }: Stage, leaver: string): Promise<void> {
  const everybody = await api(peopleSchema, '/people?accountStatus=any&limit=1000')
  const emails = everybody.items.flatMap(({ email }) => email ?? [])
  const rows = emails.map((email) => `${email},Research,${email === leaver ? LAST_DAY : ''}`)
  await page.goto(`${url}/people`)
  await enter(page, page.getByRole('link', { name: 'Roster of employees' }))
  await page.getByText('None is set.').waitFor()
  const upload = async (lines: readonly string[]) => {
    const buffer = Buffer.from(['email,department,endsOn', ...lines, ''].join('\r\n'))
    await page.getByLabel('CSV file').setInputFiles({ name: 'staff.csv', mimeType: 'text/csv', buffer })
    await enter(page, page.getByRole('button', { name: 'Upload' }))
  }
  await upload([`${leaver},Research,soon`])
  await page.getByRole('alert').getByText('Line 2 endsOn').waitFor()
  await upload(rows)
  await page.getByText('The roster was replaced').waitFor()
  await page.getByText(`${emails.length} employees listed.`).first().waitFor()
}

async function leadsToTheMemberAndBack({ page, url }: Stage, leaver: WirePerson): Promise<void> {
  const [first] = leaver.memberships
  assert.ok(first !== undefined)
  const table = page.getByRole('table', { name: 'Organizations' })
  await enter(page, table.getByRole('link', { name: first.integrationName }))
  await enter(page, page.getByRole('link', { name: 'show the person' }))
  await page.waitForURL(`${url}/people/${leaver.id}`)
}

/** The page says who uploaded the roster, and asks before it is replaced. It is removed at the second press, and what follows from it is gone. */
export async function removesTheRoster({ page, url, api }: Stage): Promise<void> {
  await page.goto(`${url}/people/roster`)
  await page.getByText(/^Uploaded on .* by ./).waitFor()
  const buffer = Buffer.from('email\r\nnobody@northwind.example\r\n')
  await page.getByLabel('CSV file').setInputFiles({ name: 'one.csv', mimeType: 'text/csv', buffer })
  await enter(page, page.getByRole('button', { name: 'Upload' }))
  await page.getByText(/^The current roster of [\d,]+ employees is replaced\. one\.csv lists 1 employee\.$/).waitFor()
  await enter(page, page.getByRole('button', { name: 'Keep the current one' }))
  await enter(page, page.getByRole('button', { name: 'Remove', exact: true }))
  await enter(page, page.getByRole('button', { name: 'Remove the roster' }))
  await page.getByText('None is set.').waitFor()
  const { items } = await api(peopleSchema, '/people?limit=1000')
  assert.ok(items.every(({ department }) => department === null))
}

/** Waits until the first rows are these people, in this order. */
async function showsPeople({ page }: Stage, people: readonly WirePerson[]): Promise<void> {
  const rows = page.getByRole('row').filter({ has: page.getByRole('cell') })
  for (const [index, { name, email }] of people.slice(0, ROWS_COMPARED).entries()) {
    await rows
      .nth(index)
      .getByText(name ?? email ?? '', { exact: true })
      .waitFor()
  }
}
