import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { openPage, settled } from './browser.ts'
import type { Stage } from './stage.ts'

/** The browser itself reports what it could not load, and React what it could not draw. */
const EXPECTED = /ERR_|40[46] \(|Failed to fetch dynamically imported module|Unable to preload CSS|error boundary/

/** A page that cannot be loaded, drawn or filled says so, and what to do; never is there nothing. */
export async function tellsOfEveryFailure({ browser, url, integrationPath }: Stage): Promise<void> {
  const { page, troubles, close } = await openPage(browser, { url })
  await settled(page)
  await page.route('**/assets/help-page*.js', (route) => route.abort())
  await page.getByRole('link', { name: 'Help' }).click()
  await page.getByRole('alert').getByText('This page could not be shown').waitFor()
  await page.getByRole('link', { name: 'Organizations' }).click()
  await page.getByRole('heading', { name: 'Organizations', level: 1 }).waitFor()
  await page.unroute('**/assets/help-page*.js')
  await page.goto(`${url}${integrationPath}/members/%E0%A4%A`)
  await page.getByText('This person is not known here').waitFor()
  await page.goto(`${url}${integrationPath}/members`)
  await settled(page)
  await page.context().setOffline(true)
  await page.getByLabel('Search').fill('ada')
  await page.getByRole('alert').getByText('Rollcall cannot be reached').waitFor()
  assert.equal(
    await page
      .getByRole('row')
      .filter({ has: page.getByRole('cell') })
      .count(),
    0,
    'A stale list is shown.',
  )
  await page.context().setOffline(false)
  await page.getByRole('alert').waitFor({ state: 'detached' })
  await page.goto(`${url}/organizations`)
  await settled(page)
  await page.context().setOffline(true)
  await page.getByRole('article').getByRole('link').click()
  await page.getByRole('alert').first().waitFor()
  await page.context().setOffline(false)
  await keepsTheRestWithoutUsage(page, url + integrationPath)
  assert.deepEqual(
    troubles.filter((trouble) => !EXPECTED.test(trouble)),
    [],
  )
  await close()
}

/** Usage that cannot be read is told where it would be; nothing waits for it for ever. */
async function keepsTheRestWithoutUsage(page: Page, address: string): Promise<void> {
  const problem = {
    type: 'about:blank',
    title: 'The answer is too large',
    status: 406,
    code: 'response_too_large',
    detail: 'It is too large.',
  }
  await page.route('**/usage?groupBy=day*', (route) =>
    route.fulfill({ status: 406, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
  )
  await page.goto(address)
  await page.getByRole('region', { name: 'Requests by day' }).getByRole('alert').waitFor()
  await settled(page)
}
