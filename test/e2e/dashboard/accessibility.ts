import assert from 'node:assert/strict'
import { AxeBuilder } from '@axe-core/playwright'
import { userListSchema } from '../../../shared/contracts/data-contract.ts'
import { openPage, settled } from './browser.ts'
import type { Stage } from './stage.ts'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** No page breaks a rule of axe, in either theme, wide or on a phone; and none is wider than its window. */
export async function breaksNoAccessibilityRule(stage: Stage): Promise<void> {
  const { browser, url } = stage
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const viewport of [
      { width: 1280, height: 800 },
      { width: 390, height: 844 },
    ]) {
      const { page, troubles, close } = await openPage(browser, { url, colorScheme, viewport, reducedMotion: 'reduce' })
      for (const path of await pathsOf(stage)) {
        await page.goto(url + path)
        await settled(page)
        const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze()
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
        assert.deepEqual(found, [], `${path}, ${colorScheme}, ${viewport.width} wide`)
        const overflow = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))
        assert.ok(overflow <= 0, `${path} is ${overflow} pixels wider than a window of ${viewport.width}.`)
      }
      // What is not there is answered so, and the browser says it.
      assert.deepEqual(
        troubles.filter((trouble) => !trouble.includes('404 (Not Found)')),
        [],
      )
      await close()
    }
  }
}

async function pathsOf({ integrationPath, api }: Stage): Promise<string[]> {
  const { items } = await api(userListSchema, `${integrationPath}/users?limit=1`)
  const member = `/members/${items[0]?.id}`
  const pages = ['', '/members', '/members?idleDays=30', '/members?q=nobody-at-all', member, '/settings']
  return ['/', '/connect', '/help', '/nope', '/integrations/nope', ...pages.map((end) => integrationPath + end)]
}
