import assert from 'node:assert/strict'
import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from 'playwright-core'
import * as z from 'zod'
import { userListSchema } from '../../../shared/contracts/data-contract.ts'
import { waitFor } from '../../watchdog.ts'
import { openPage, settled } from './browser.ts'
import type { Stage } from './stage.ts'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const BOTH_THEMES = ['light', 'dark'] as const
const WIDE = { width: 1440, height: 900, themes: BOTH_THEMES }
const PHONE = { width: 390, height: 844, themes: BOTH_THEMES }
/**
 * Here the list of members is in two lines of columns, and what stands side by side on a wide page goes below each other. One theme each:
 * the same elements have the same colors as in the other windows, and an analysis takes longer than anything else.
 */
const BETWEEN = [
  { width: 1024, height: 768, themes: ['light'] },
  { width: 900, height: 800, themes: ['dark'] },
  { width: 800, height: 800, themes: ['light'] },
] as const
/** https://www.w3.org/TR/WCAG22/#target-size-minimum */
const TARGET_AT_LEAST = 24

/** Runs in the page: what one presses that is smaller than it should be. A link within a sentence is as high as its line. */
const SMALL_TARGETS = `[...document.querySelectorAll('main a, main button, main select, main summary, main [role=radiogroup] label')]
  .filter((target) => target.checkVisibility() && target.closest('p') === null)
  .map((target) => [target.innerText, target.getBoundingClientRect()])
  .filter(([, { width, height }]) => width < ${TARGET_AT_LEAST} || height < ${TARGET_AT_LEAST})
  .map(([text, { width, height }]) => text + ': ' + width + ' by ' + height)`

const textsSchema = z.array(z.string())

type BrowserWindow = typeof WIDE | typeof PHONE | (typeof BETWEEN)[number]

/** No other page than those of figures breaks a rule of axe, in either theme, wide or on a phone; and none is wider than its window. */
export async function breaksNoAccessibilityRule(stage: Stage): Promise<void> {
  const { browser, url } = stage
  const { page, troubles, close } = await openPage(browser, { url, reducedMotion: 'reduce' })
  for (const path of pathsOf(stage)) {
    for (const window of [WIDE, PHONE]) await breaksNoRule(page, url + path, window)
  }
  await page.goto(url + stage.integrationPath)
  await settled(page)
  await survivesForcedColors(page)
  // What is not there is answered so, and the browser says it.
  assert.deepEqual(
    troubles.filter((trouble) => !trouble.includes('404 (Not Found)')),
    [],
  )
  await close()
}

/**
 * Nor does a page of figures, in windows between the two as well, where all that is pressed is large enough for a finger. One story a
 * page: an analysis takes long on a busy machine.
 */
export function fitsEveryWindow(pathOf: (stage: Stage) => string | Promise<string>): (stage: Stage) => Promise<void> {
  return async (stage) => {
    const { browser, url } = stage
    const path = await pathOf(stage)
    const { page, troubles, close } = await openPage(browser, { url, reducedMotion: 'reduce' })
    for (const window of [WIDE, ...BETWEEN, PHONE]) {
      await breaksNoRule(page, url + path, window)
      const small = textsSchema.parse(await page.evaluate(SMALL_TARGETS))
      assert.deepEqual(small, [], `Too small for a finger on ${path}, ${window.width} wide.`)
    }
    assert.deepEqual(troubles, [])
    await close()
  }
}

async function breaksNoRule(page: Page, address: string, { themes, ...viewport }: BrowserWindow): Promise<void> {
  await page.setViewportSize(viewport)
  await page.goto(address)
  await settled(page)
  await opensWhatIsClosed(page)
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme })
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor()
    assert.deepEqual(await violationsOn(page), [], `${address}, ${colorScheme}, ${viewport.width} wide`)
  }
  const overflow = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))
  assert.ok(overflow <= 0, `${address} is ${overflow} pixels wider than a window of ${viewport.width}.`)
}

/** What opens is part of the page: the tables behind the charts, and the step of connecting that asks for the key. */
async function opensWhatIsClosed(page: Page): Promise<void> {
  for (const summary of await page.locator('main summary').all()) await summary.click()
  const provider = page.getByRole('button', { name: /^OpenAI/ })
  if (page.url().endsWith('/connect')) {
    await provider.click()
    await page.getByPlaceholder('sk-admin-…').waitFor()
  }
}

/** What tells something by its color still does in the reader's own few colors. */
async function survivesForcedColors(page: Page): Promise<void> {
  await page.emulateMedia({ forcedColors: 'active' })
  const kept = page.locator('main [data-series]')
  assert.ok((await kept.count()) > 0, 'There is no chart.')
  const lost = await kept.evaluateAll(
    (elements) =>
      elements.filter((element) => element.computedStyleMap().get('forced-color-adjust')?.toString() !== 'none').length,
  )
  assert.equal(lost, 0, 'Parts of a chart lose their color.')
  const range = page.getByRole('radiogroup', { name: 'Days shown' }).locator('label')
  const [chosen, other] = ['60 days', '30 days'].map((hasText) => backgroundOf(range.filter({ hasText })))
  assert.notEqual(await chosen, await other, 'The chosen range looks like the others.')
  await page.emulateMedia({ forcedColors: 'none' })
}

function backgroundOf(target: Locator): Promise<string | undefined> {
  return target.evaluate((element) => element.computedStyleMap().get('background-color')?.toString())
}

/** What axe finds, in short. There are no frames here: the legacy mode spares a window of its own for each analysis. */
async function violationsOn(page: Page): Promise<string[]> {
  const axe = new AxeBuilder({ page }).withTags(TAGS).setLegacyMode(true)
  const { violations } = await waitFor(`axe on ${page.url()}`, axe.analyze())
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

function pathsOf({ integrationPath }: Stage): string[] {
  const pages = [
    '/members?idleDays=30',
    '/members?q=nobody-at-all',
    '/members?view=invited',
    '/keys?q=nothing-at-all',
    '/spend?by=lineItem&month=last&stack=project',
    '/settings',
  ]
  const ofAll = [
    '/findings?state=accepted',
    '/people?q=nobody-at-all',
    '/people/nope',
    '/reviews',
    '/connect',
    '/help',
    '/nope',
  ]
  return [...ofAll, '/integrations/nope', ...pages.map((end) => integrationPath + end)]
}

/** The page of somebody. */
export async function memberPathOf({ integrationPath, api }: Stage): Promise<string> {
  const { items } = await api(userListSchema, `${integrationPath}/users?limit=1`)
  return `${integrationPath}/members/${items[0]?.id}`
}
