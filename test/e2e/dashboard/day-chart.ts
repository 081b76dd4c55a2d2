import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { operations } from '../../../shared/contracts/operations.ts'
import { addDays, daysBetween, startOfDay } from '../../../shared/domain/day.ts'
import { waitFor, waitUntil } from '../../watchdog.ts'
import { openPage, settled } from './browser.ts'
import { tabTo } from './keyboard.ts'
import type { Stage } from './stage.ts'

const number = new Intl.NumberFormat('en-US')
/** Runs in the page, before the finger is lifted: `window.lifted` ends when it was, and what follows from it was drawn. */
const WATCH_LIFTING = `void (window.lifted = new Promise((resolve) =>
  addEventListener('pointerup', () => requestAnimationFrame(() => requestAnimationFrame(resolve)), { once: true })))`

/** The chart of days has dates, marks the day that is not over, and reads out each day by keyboard, by pointer and by touch. */
export async function readsTheDayChart(stage: Stage): Promise<void> {
  const { page, url, integrationPath } = stage
  await page.goto(url + integrationPath)
  await settled(page)
  const region = page.getByRole('region', { name: 'Requests by day' })
  const dates = await region.getByText(/^[A-Z][a-z]{2} \d{1,2}$/).allInnerTexts()
  assert.ok(dates.length >= 4, `The chart has ${dates.length} dates.`)
  await readsByKeyboard(stage, region.getByRole('slider'))
  await readsAtThePointer(page, region.getByRole('slider'))
  await readsByTouch(stage)
}

async function readsByKeyboard({ page, api, integrationPath }: Stage, slider: Locator): Promise<void> {
  const { items, to } = await api(operations.getUsage.answer.schema, `${integrationPath}/usage?groupBy=day`)
  const requestsOn = new Map([...items].flatMap((row) => ('day' in row ? [[row.day, row.requests] as const] : [])))
  const [lastDay = '', dayBefore = ''] = [...requestsOn.keys()].toSorted().toReversed()
  assert.equal(lastDay, to, 'Nothing was used on the last day: it could not be drawn as unfinished.')
  await tabTo(page, slider)
  await saysInWords(slider, `, so far: ${number.format(requestsOn.get(lastDay) ?? 0)} requests`)
  const parts = slider.locator('[data-unfinished=true] [data-series]')
  assert.ok((await parts.count()) > 0, 'The last day is not marked.')
  assert.equal(await parts.and(page.locator('[data-texture=striped]')).count(), await parts.count())
  assert.equal(await slider.locator('[data-unfinished=true]').count(), 1, 'Other days are marked as not over.')
  await page.keyboard.press('ArrowLeft')
  await saysInWords(slider, `: ${number.format(requestsOn.get(dayBefore) ?? 0)} requests`)
  await slider.getByText(number.format(requestsOn.get(dayBefore) ?? 0), { exact: true }).waitFor()
  await page.keyboard.press('Escape')
  await slider.getByText('All requests').waitFor({ state: 'detached' })
}

async function readsAtThePointer(page: Page, slider: Locator): Promise<void> {
  const around = slider.locator('..').locator('..')
  const before = await around.boundingBox()
  const { width, height } = await boxOf(slider)
  await slider.hover({ position: { x: width / 120, y: height / 2 } })
  await slider.getByText('All requests').waitFor()
  const first = await readDay(slider)
  await slider.hover({ position: { x: width / 2, y: height / 2 } })
  await waitUntil('another day to be read', async () => (await readDay(slider)) !== first)
  assert.deepEqual(await around.boundingBox(), before, 'Reading a day moves what is around it.')
  await page.mouse.move(0, 0)
  await slider.getByText('All requests').waitFor({ state: 'detached' })
}

/** A finger along the chart reads its days; the page stays where it is, and what was read stays when the finger is lifted. */
async function readsByTouch({ browser, url, api, integrationPath }: Stage): Promise<void> {
  const { from, to } = await api(operations.getUsage.answer.schema, `${integrationPath}/usage?groupBy=day`)
  assert.ok(from !== null && to !== null, 'Nothing has been synced.')
  const days = daysBetween(from, to) + 1
  const day = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' })
  const dayAt = (place: number) => day.format(startOfDay(addDays(from, Math.floor(place * days))))
  const viewport = { width: 390, height: 844 }
  const { page, troubles, close } = await openPage(browser, { url: url + integrationPath, viewport, hasTouch: true })
  await settled(page)
  const slider = page.getByRole('region', { name: 'Requests by day' }).getByRole('slider')
  await slider.evaluate((element) => element.scrollIntoView({ block: 'center' }))
  const { x, y, width, height } = await boxOf(slider)
  const scrolledTo = await page.evaluate('scrollY')
  const session = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove', place: number) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x: x + width * place, y: y + height / 2 }] })
  await touch('touchStart', 0.21)
  await slider.getByText(dayAt(0.21)).waitFor()
  for (const place of [0.31, 0.41, 0.51, 0.61, 0.71]) await touch('touchMove', place)
  await slider.getByText(dayAt(0.71)).waitFor()
  await page.evaluate(WATCH_LIFTING)
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await waitFor('the finger to be lifted', page.evaluate('window.lifted'))
  assert.equal(await readDay(slider), dayAt(0.71), 'What was read goes with the finger.')
  assert.equal(await page.evaluate('scrollY'), scrolledTo, 'The finger moved the page.')
  assert.deepEqual(troubles, [])
  await close()
}

async function readDay(slider: Locator): Promise<string> {
  return slider.locator('strong').innerText()
}

async function saysInWords(slider: Locator, words: string): Promise<void> {
  await waitUntil(`the chart to say “${words}”`, async () =>
    (await slider.getAttribute('aria-valuetext'))?.includes(words),
  )
}

async function boxOf(target: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await target.boundingBox()
  assert.ok(box !== null, 'The chart is not shown.')
  return box
}
