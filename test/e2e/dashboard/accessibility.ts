import assert from 'node:assert/strict'
import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from 'playwright-core'
import { userListSchema } from '../../../shared/contracts/data-contract.ts'
import { waitFor } from '../../watchdog.ts'
import { openPage, settled } from './browser.ts'
import type { Stage } from './stage.ts'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const SCHEMES = ['light', 'dark'] as const
const VIEWPORTS = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
]

/** No page breaks a rule of axe, in either theme, wide or on a phone; and none is wider than its window. */
export async function breaksNoAccessibilityRule(stage: Stage): Promise<void> {
  const { browser, url } = stage
  const { page, troubles, close } = await openPage(browser, { url, reducedMotion: 'reduce' })
  for (const path of await pathsOf(stage)) {
    for (const viewport of VIEWPORTS) {
      await page.setViewportSize(viewport)
      await page.goto(url + path)
      await settled(page)
      await opensWhatIsClosed(page)
      for (const colorScheme of SCHEMES) {
        await page.emulateMedia({ colorScheme })
        await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor()
        assert.deepEqual(await violationsOn(page), [], `${path}, ${colorScheme}, ${viewport.width} wide`)
      }
      const overflow = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))
      assert.ok(overflow <= 0, `${path} is ${overflow} pixels wider than a window of ${viewport.width}.`)
    }
  }
  await page.goto(url + stage.integrationPath)
  await settled(page)
  await survivesForcedColours(page)
  // What is not there is answered so, and the browser says it.
  assert.deepEqual(
    troubles.filter((trouble) => !trouble.includes('404 (Not Found)')),
    [],
  )
  await close()
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

/** What tells something only by its colour still does in the reader's own few colours. */
async function survivesForcedColours(page: Page): Promise<void> {
  await page.emulateMedia({ forcedColors: 'active' })
  const kept = page.locator('main [style*="--rc-series-"]')
  assert.ok((await kept.count()) > 0, 'There is no chart.')
  const lost = await kept.evaluateAll(
    (elements) =>
      elements.filter((element) => element.computedStyleMap().get('forced-color-adjust')?.toString() !== 'none').length,
  )
  assert.equal(lost, 0, 'Parts of a chart lose their colour.')
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

async function pathsOf({ integrationPath, api }: Stage): Promise<string[]> {
  const { items } = await api(userListSchema, `${integrationPath}/users?limit=1`)
  const member = `/members/${items[0]?.id}`
  const pages = ['', '/members', '/members?idleDays=30', '/members?q=nobody-at-all', member, '/settings']
  return ['/', '/connect', '/help', '/nope', '/integrations/nope', ...pages.map((end) => integrationPath + end)]
}
