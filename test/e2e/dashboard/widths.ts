import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import * as z from 'zod'
import { waitUntil } from '../../watchdog.ts'
import { openPage, painted, settled } from './browser.ts'
import type { Stage } from './stage.ts'

/** All those at which members are a table rather than cards: the widest one's, then two lines of columns down to the narrowest. */
const WIDTHS = [1200, 1024, 900, 800, 761]
const PHONE = 390
const HEIGHT = 900

/** Runs in the page: the texts that lie outside of their cell or of their row. Heads that only screen readers have are left out. */
const CUT_OFF = `(() => {
  const found = new Set()
  const isInside = (inner, outer) =>
    inner.left >= outer.left - 1 && inner.right <= outer.right + 1 && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1
  for (const cell of document.querySelectorAll('[role=cell], [role=columnheader]')) {
    if (getComputedStyle(cell.closest('[role=rowgroup]')).clipPath !== 'none') continue
    const row = cell.closest('[role=row]').getBoundingClientRect()
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
      const text = texts.currentNode
      if (text.parentElement.closest('.visually-hidden') !== null || !text.parentElement.checkVisibility()) continue
      const range = document.createRange()
      range.selectNodeContents(text)
      const box = range.getBoundingClientRect()
      if (box.width > 0 && !(isInside(box, cell.getBoundingClientRect()) && isInside(box, row))) found.add(text.textContent)
    }
  }
  return [...found]
})()`

/** Runs in the page: the filters that are narrower than their longest choice. */
const CUT_CHOICES = `[...document.querySelectorAll('[role=search] select')].flatMap((select) => {
  const whole = select.cloneNode(true)
  whole.style.cssText = 'position: absolute; width: max-content'
  select.parentElement.append(whole)
  const needed = whole.getBoundingClientRect().width
  whole.remove()
  return select.getBoundingClientRect().width < needed - 1 ? [select.textContent] : []
})`

const textsSchema = z.array(z.string())

/** From a wide window to a narrow one: the list of members cuts nothing off, its head stays in sight, and its rows lead to their members. */
export async function cutsNothingOff({ browser, url, integrationPath }: Stage): Promise<void> {
  const members = `${url}${integrationPath}/members?kind=any&accountStatus=any`
  const { page, troubles, close } = await openPage(browser, { url: members, reducedMotion: 'reduce' })
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: HEIGHT })
    await page.goto(members)
    await settled(page)
    const overflow = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))
    assert.ok(overflow <= 0, `The list is ${overflow} pixels wider than a window of ${width}.`)
    assert.deepEqual(await cutOffIn(page), [], `Cut off in a window of ${width}.`)
    await keepsItsHead(page, width)
  }
  await startsHighEnough(page, members)
  await opensARow(page, members)
  assert.deepEqual(troubles, [])
  await close()
}

/** Nor do the lists of keys, of invitations and of costs, on a phone either: their rows are as high as their texts. Nor do filters of findings. */
export async function cutsNoListOff({ browser, url, integrationPath }: Stage): Promise<void> {
  const { page, troubles, close } = await openPage(browser, { url, reducedMotion: 'reduce' })
  for (const path of ['/keys', '/members?view=invited', '/spend?by=user']) {
    for (const width of [...WIDTHS, PHONE]) {
      await page.setViewportSize({ width, height: HEIGHT })
      await page.goto(url + integrationPath + path)
      await settled(page)
      assert.deepEqual(await cutOffIn(page), [], `Cut off on ${path} in a window of ${width}.`)
    }
  }
  await cutsNoChoiceOff(page, url)
  assert.deepEqual(troubles, [])
  await close()
}

/** The filters of findings are as wide as their longest choices, except on a phone. */
async function cutsNoChoiceOff(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/findings`)
  for (const width of [1440, ...WIDTHS]) {
    await page.setViewportSize({ width, height: HEIGHT })
    await settled(page)
    assert.deepEqual(textsSchema.parse(await page.evaluate(CUT_CHOICES)), [], `Cut off in a window of ${width}.`)
  }
}

/** Scrolls through the whole list, and gives the texts that are cut off. */
async function cutOffIn(page: Page): Promise<string[]> {
  const found = new Set<string>()
  for (let top = 0; top < Number(await page.evaluate('document.documentElement.scrollHeight')); top += HEIGHT) {
    await page.evaluate(`scrollTo(0, ${top})`)
    await painted(page)
    for (const text of textsSchema.parse(await page.evaluate(CUT_OFF))) found.add(text)
  }
  await page.evaluate('scrollTo(0, 0)')
  return [...found]
}

/** After scrolling, the head of the table is at the top of the window, before the rows. */
async function keepsItsHead(page: Page, width: number): Promise<void> {
  await page.mouse.move(width / 2, HEIGHT / 2)
  await page.mouse.wheel(0, 3 * HEIGHT)
  // Not `waitForFunction`, which evaluates its text in the page, where the content policy forbids that.
  await waitUntil('the page to scroll', async () => Number(await page.evaluate('scrollY')) > HEIGHT)
  const head = page.getByRole('button', { name: 'Member' })
  const box = await head.boundingBox()
  assert.ok(box !== null && box.y >= 0 && box.y < 60, `In a window of ${width} the head scrolls away: ${box?.y}.`)
  const isInFront = await head.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect()
    return element.contains(element.ownerDocument.elementFromPoint(left + width / 2, top + height / 2))
  })
  assert.ok(isInFront, `In a window of ${width} rows cover the head.`)
}

async function startsHighEnough(page: Page, members: string): Promise<void> {
  await page.setViewportSize({ width: 1440, height: HEIGHT })
  await page.goto(members)
  await settled(page)
  const box = await page.getByRole('cell').first().boundingBox()
  assert.ok(box !== null && box.y < HEIGHT * 0.42, `The first row begins at ${box?.y} of ${HEIGHT}.`)
  const fields = page.getByRole('search').locator('input, select')
  const tops = await fields.evaluateAll((all) =>
    all.filter((each) => each.checkVisibility()).map((each) => Math.round(each.getBoundingClientRect().top)),
  )
  assert.deepEqual(new Set(tops).size, 1, `The filters are in several lines: ${tops.join(', ')}.`)
}

/** A press beside the name does what one on it does. */
async function opensARow(page: Page, members: string): Promise<void> {
  const row = page
    .getByRole('row')
    .filter({ has: page.getByRole('cell') })
    .nth(2)
  const href = await row.getByRole('link').getAttribute('href')
  const { width, height } = (await row.boundingBox()) ?? { width: 0, height: 0 }
  await row.click({ position: { x: width * 0.5, y: height - 4 } })
  await page.waitForURL(`${new URL(members).origin}${href}`)
}
