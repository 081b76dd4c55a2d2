import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { licensesSchema, userListSchema } from '../../../shared/contracts/data-contract.ts'
import { operations } from '../../../shared/contracts/operations.ts'
import { addDays } from '../../../shared/domain/day.ts'
import { openPage, painted, settled } from './browser.ts'
import { answerAfterPaint, holdBack, type HeldCalls } from './slow-down.ts'
import type { Stage } from './stage.ts'

const number = new Intl.NumberFormat('en-US')
/** Web Vitals calls up to 0.1 good. */
const SHIFT_AT_MOST = 0.02
const VIEWPORTS = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
]

/** While the answer to another question is on its way, no figure stands under words that it does not belong to. */
export async function callsNoFigureByAnothersName({ browser, url, api, integrationPath }: Stage): Promise<void> {
  const { page, troubles, close } = await openPage(browser, { url: url + integrationPath })
  await settled(page)
  const { asOf } = await api(licensesSchema, `${integrationPath}/licenses`)
  assert.ok(asOf !== null, 'Nothing has been synced.')
  const whole = await api(operations.getUsage.answer.schema, `${integrationPath}/usage?groupBy=day`)
  const week = await api(
    operations.getUsage.answer.schema,
    `${integrationPath}/usage?groupBy=day&from=${addDays(asOf.to, -6)}&to=${asOf.to}`,
  )
  const calls = await holdBack(page, 'GET')
  const figure = page.locator('dl > div').filter({ has: page.getByText('Requests', { exact: true }) })
  await page.getByRole('radiogroup', { name: 'Days shown' }).getByText('7 days').click()
  await page.locator('[aria-busy=true]').filter({ has: figure }).waitFor()
  assert.equal(await figure.innerText(), `Requests\n${number.format(whole.total.requests)}\nin 60 days`)
  calls.release()
  await figure.getByText('in 7 days').waitFor()
  assert.equal(await figure.innerText(), `Requests\n${number.format(week.total.requests)}\nin 7 days`)
  await keepsTheIdleTogether(page, calls)
  await calls.end()
  await keepsTheMembersTogether(page, { url, api, integrationPath })
  assert.deepEqual(troubles, [])
  await close()
}

async function keepsTheIdleTogether(page: Page, calls: HeldCalls): Promise<void> {
  const review = page.getByRole('region', { name: 'No recent use' })
  calls.hold()
  await review.getByText('30 days', { exact: true }).click()
  await review.locator('[aria-busy=true]').waitFor()
  await review.getByText('No use in 60 days. Owners').waitFor()
  calls.release()
  await review.getByText('No use in 30 days. Owners').waitFor()
  assert.equal(await review.locator('[aria-busy=true]').count(), 0, 'The new words came before the new people.')
}

async function keepsTheMembersTogether(
  page: Page,
  { url, api, integrationPath }: Pick<Stage, 'url' | 'api' | 'integrationPath'>,
): Promise<void> {
  await page.goto(`${url}${integrationPath}/members`)
  await settled(page)
  const calls = await holdBack(page, 'GET')
  await page.getByLabel('Seat').selectOption('guest')
  await page.getByText('Updating…').waitFor()
  await page
    .locator('[aria-busy=true]')
    .filter({ has: page.getByRole('table') })
    .waitFor()
  calls.release()
  const { total } = await api(userListSchema, `${integrationPath}/users?seat=guest&limit=1`)
  await page
    .getByRole('status')
    .getByText(`${number.format(total)} of `)
    .waitFor()
  assert.equal(await page.locator('main [aria-busy=true]').count(), 0)
  await calls.end()
}

/** What is painted before the API answers stays where it is when the answers come. */
export async function keepsEverythingInPlace({ browser, url, api, integrationPath }: Stage): Promise<void> {
  const { page, troubles, close } = await openPage(browser, { url })
  const { items } = await api(userListSchema, `${integrationPath}/users?sort=-requests&limit=1`)
  const end = await answerAfterPaint(page, 'GET')
  const ends = ['', '/members', '/members?view=invited', `/members/${items[0]?.id}`, '/keys', '/settings']
  for (const viewport of VIEWPORTS) {
    await page.setViewportSize(viewport)
    for (const path of [
      '/',
      '/findings',
      '/people',
      '/people/roster',
      '/organizations',
      ...ends.map((end) => integrationPath + end),
    ]) {
      await page.goto(url + path)
      await settled(page)
      await painted(page)
      const shift = Number(await page.evaluate(LAYOUT_SHIFT))
      assert.ok(shift <= SHIFT_AT_MOST, `${path}, ${viewport.width} wide, jumps: ${shift}`)
    }
  }
  await end()
  assert.deepEqual(troubles, [])
  await close()
}

/** Gives the sum of all shifts since the page was opened, as the browser measures them. It buffers them for later observers. */
const LAYOUT_SHIFT = `(() => {
  const observer = new PerformanceObserver(() => {})
  observer.observe({ type: 'layout-shift', buffered: true })
  return observer.takeRecords().reduce((sum, { value }) => sum + value, 0)
})()`
