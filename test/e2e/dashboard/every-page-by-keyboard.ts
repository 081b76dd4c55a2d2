import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { userListSchema } from '../../../shared/contracts/data-contract.ts'
import { peopleSchema } from '../../../shared/contracts/people-contract.ts'
import { openPage, painted, settled } from './browser.ts'
import { enter, hasFocus, tabTo } from './keyboard.ts'
import type { Stage } from './stage.ts'
import { reachesEverything } from './tab-walk.ts'

const ROWS_WALKED = 40
const LONGER_THAN_IT_WAITS_MS = 1_000

/** Every page, with no mouse at all: what can be used can be reached, seen, used and left. */
export async function everyPageByKeyboard(stage: Stage): Promise<void> {
  const { browser, url, api, integrationPath } = stage
  const { items } = await api(userListSchema, `${integrationPath}/users?sort=-requests&limit=1`)
  const people = await api(peopleSchema, '/people?sort=-requests&limit=1')
  const { page, troubles, close } = await openPage(browser, { url, reducedMotion: 'reduce' })
  const ends = [
    '',
    '/members?q=al&sort=-addedAt',
    '/members?view=invited',
    `/members/${items[0]?.id}`,
    '/keys?finding=any',
    '/spend',
    '/settings',
  ]
  for (const path of [
    '/',
    '/organizations',
    '/findings?type=leaver_key',
    '/people?q=al&sort=-requests',
    `/people/${people.items[0]?.id}`,
    '/people/roster',
    '/connect',
    '/help',
    '/nope',
    '/integrations/nope',
    '/people/nope',
    ...ends.map((end) => integrationPath + end),
  ]) {
    await page.goto(url + path)
    await settled(page)
    const [first, second = ''] = await reachesEverything(page)
    assert.equal(first, 'a “Skip to the content”')
    await skipsToTheContent(page)
    await goesBack(page, second)
  }
  await walksPastTheRowsInSight(page, stage)
  await hidesAHint(page, url + integrationPath)
  await showsAHintToThePointer(stage)
  await page.goto(`${url}/connect`)
  await enter(page, page.getByRole('button', { name: /^OpenAI/ }))
  await reachesEverything(page)
  await page.setViewportSize({ width: 390, height: 844 })
  for (const path of [`${integrationPath}/members?q=al`, `${integrationPath}/keys`, '/people?q=al']) {
    await page.goto(url + path)
    await settled(page)
    await enter(page, page.getByRole('button', { name: 'Filters and order' }))
    await page.getByLabel('Order').waitFor()
    await reachesEverything(page)
  }
  // A page that is not there is answered so, and the browser says it.
  assert.deepEqual(
    troubles.filter((trouble) => !trouble.includes('404 (Not Found)')),
    [],
  )
  await close()
}

async function skipsToTheContent(page: Page): Promise<void> {
  await enter(page, page.getByRole('link', { name: 'Skip to the content' }))
  await page.keyboard.press('Tab')
  const isInside = await page.evaluate("document.querySelector('main').contains(document.activeElement)")
  assert.ok(isInside, `On ${page.url()} the skip link does not lead to the content.`)
}

async function goesBack(page: Page, second: string): Promise<void> {
  const skip = page.getByRole('link', { name: 'Skip to the content' })
  await tabTo(page, skip)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Shift+Tab')
  assert.ok(await hasFocus(skip), `On ${page.url()} Shift+Tab does not lead back from ${second}.`)
}

/** Only the rows in sight exist: Tab brings on the next ones, each once, in their order. */
async function walksPastTheRowsInSight(page: Page, { url, api, integrationPath }: Stage): Promise<void> {
  const { items } = await api(userListSchema, `${integrationPath}/users?limit=${ROWS_WALKED}`)
  await page.goto(`${url}${integrationPath}/members`)
  await settled(page)
  await tabTo(page, page.locator('[role=cell] a').first())
  const walked: unknown[] = []
  while (walked.length < ROWS_WALKED) {
    walked.push(await page.evaluate('decodeURIComponent(document.activeElement.pathname?.split("/").at(-1) ?? "")'))
    await page.keyboard.press('Tab')
    // Rows that come into sight are there after the next frame; nobody tabs faster.
    await painted(page)
  }
  assert.deepEqual(
    walked,
    items.map(({ id }) => id),
  )
}

/** What shows more on focus goes with Escape, and the focus stays. */
async function hidesAHint(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await settled(page)
  const hint = page.locator('span[tabindex="0"]').first()
  await tabTo(page, hint)
  await page.locator('.mantine-Tooltip-tooltip').waitFor()
  await page.keyboard.press('Escape')
  await page.locator('.mantine-Tooltip-tooltip').waitFor({ state: 'detached' })
  assert.ok(await hasFocus(hint), 'Escape takes the focus away.')
}

/** The pointer may move onto what shows more; Escape closes it there too, and moving away does. */
async function showsAHintToThePointer({ browser, url, integrationPath }: Stage): Promise<void> {
  // In a page whose clock can be put forward.
  const { page, close } = await openPage(browser, { url: url + integrationPath, reducedMotion: 'reduce' })
  await settled(page)
  await page.clock.install()
  const hint = page.locator('span[tabindex="0"]').first()
  const tooltip = page.locator('.mantine-Tooltip-tooltip')
  await hint.hover()
  await tooltip.hover()
  await page.clock.runFor(LONGER_THAN_IT_WAITS_MS)
  assert.ok(await tooltip.isVisible(), 'It goes when the pointer moves onto it.')
  await page.keyboard.press('Escape')
  await tooltip.waitFor({ state: 'detached' })
  await hint.hover({ position: { x: 2, y: 2 } })
  await page.mouse.move(0, 0)
  await tooltip.waitFor({ state: 'detached' })
  await close()
}
