import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'

const STOPS_AT_MOST = 80

/** Whether something has the focus. */
export function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === element.ownerDocument.activeElement)
}

/** Waits until something has the focus, which moves a little after what it moves to is there. */
export function takesFocus(page: Page, target: Locator): Promise<void> {
  return target.and(page.locator(':focus')).waitFor()
}

/** Presses Tab until something has the focus. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor({ state: 'attached' })
  for (let stop = 0; stop < STOPS_AT_MOST; stop++) {
    if (await hasFocus(target)) return
    await page.keyboard.press('Tab')
  }
  assert.fail(`${String(target)} cannot be reached with the Tab key.`)
}

/** Reaches something by keyboard and presses Enter. */
export async function enter(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press('Enter')
}

/** Reaches a field by keyboard and types into it, in place of what it held. */
export async function type(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field)
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type(text)
}
