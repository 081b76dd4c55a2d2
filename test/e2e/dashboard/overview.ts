import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { findingListSchema } from '../../../shared/contracts/findings-contract.ts'
import { overviewSchema } from '../../../shared/contracts/overview-contract.ts'
import { peopleSchema } from '../../../shared/contracts/people-contract.ts'
import { fitsEveryWindow } from './accessibility.ts'
import { settled } from './browser.ts'
import { enter, takesFocus, type } from './keyboard.ts'
import type { Stage } from './stage.ts'
import { reachesEverything } from './tab-walk.ts'

const number = new Intl.NumberFormat('en-US')
/** The pages over all organizations that need several of them. */
const PAGES_OF_SEVERAL = [
  '/',
  '/findings?type=leaver_key',
  '/spend',
  '/spend?by=person',
  '/spend?by=department&month=last',
  '/keys',
]

/** Each sentence of the first page leads to a list of as many as it says. */
export async function everySentenceLeadsToWhatItCounts({ page, url, api }: Stage): Promise<void> {
  const { findings, outsiders } = await api(overviewSchema, '/overview')
  await page.goto(url)
  await settled(page)
  const addresses = await page
    .getByRole('region', { name: 'What to do' })
    .locator('li a')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
  const types = Object.entries(findings.byType).filter(([type, count]) => count > 0 && type !== 'external_owner')
  assert.ok(types.length > 2, 'There is hardly anything to look at.')
  for (const [findingType, count] of types) {
    const address = `/findings?type=${findingType}`
    assert.ok(addresses.includes(address), `No sentence leads to ${address}.`)
    await page.goto(url + address)
    await page
      .getByRole('status')
      .getByText(`${number.format(count)} finding`)
      .waitFor()
  }
  assert.ok(outsiders.people > 0, 'Nobody is outside the company domains.')
  const ofOutsiders = { '/people?outside=true': outsiders.people, '/people?outside=true&owner=true': outsiders.owners }
  for (const [address, count] of Object.entries(ofOutsiders)) {
    assert.equal(
      addresses.includes(address),
      count > 0,
      `Whether a sentence leads to ${address} does not follow from the count.`,
    )
    if (count === 0) continue
    assert.equal((await api(peopleSchema, `${address}&limit=1`)).total, count)
    await page.goto(url + address)
    await page
      .getByRole('status')
      .getByText(`${number.format(count)} of `)
      .waitFor()
  }
}

/** From the first page to a finding, which is accepted with a reason and opened again, by keyboard alone. */
export async function decidesFromTheOverview({ page, url, api }: Stage): Promise<void> {
  const before = await api(findingListSchema, '/findings?type=leaver_key&limit=1')
  const [finding] = before.items
  assert.ok(finding !== undefined, 'There is no finding to accept.')
  await page.goto(url)
  await settled(page)
  await enter(page, page.getByRole('link', { name: /keys belong to people who are gone$/ }))
  await page.getByRole('heading', { name: 'Findings', level: 1 }).waitFor()
  await settled(page)
  const { label } = finding.subject
  await enter(page, page.getByRole('button', { name: `Accept ${label}` }).first())
  const reason = page.getByLabel('Why is this all right?')
  await takesFocus(page, reason)
  await type(page, reason, 'The nightly batch uses it until it has moved.')
  await enter(page, page.getByRole('button', { name: 'Accept this finding' }))
  await page.getByRole('status').getByText(`Accepted: ${label}.`).waitFor()
  await showsTotal(page, before.total - 1)
  await takesFocus(page, page.getByRole('status').filter({ hasText: 'Accepted: ' }))
  await page.goto(`${url}/findings?state=accepted`)
  await page.getByText('The nightly batch uses it until it has moved.').waitFor()
  await enter(page, page.getByRole('button', { name: `Take back ${label}` }))
  await page.getByText('No finding matches').waitFor()
  assert.equal((await api(findingListSchema, '/findings?type=leaver_key&limit=1')).total, before.total)
}

/** With several organizations, the pages over all of them fit every window, and are used by keyboard. */
export async function usesPagesOfSeveral(stage: Stage): Promise<void> {
  const { page, url } = stage
  for (const path of PAGES_OF_SEVERAL) {
    await page.goto(url + path)
    await settled(page)
    await reachesEverything(page)
    await fitsEveryWindow(() => path)(stage)
  }
}

async function showsTotal(page: Page, total: number): Promise<void> {
  await page
    .getByRole('status')
    .getByText(`${number.format(total)} finding`)
    .waitFor()
}
