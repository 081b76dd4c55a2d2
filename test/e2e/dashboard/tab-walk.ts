import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import * as z from 'zod'
import { waitFor } from '../../watchdog.ts'

const STOPS_AT_MOST = 200

/**
 * Runs in the page, once: notes where the focus has been. What shows the focus is the look of the element, of what comes
 * after it (a switch’s label) or of what it fills; the look is taken with all transitions at their end, there and when the focus has left.
 */
const NOTES = `(() => {
  const visited = new Set()
  let last
  const nameOf = (element) =>
    element.tagName.toLowerCase() + ' “' +
    (element.getAttribute('aria-label') ?? element.labels?.[0]?.innerText ?? element.innerText ?? '').trim().slice(0, 60) + '”'
  const lookOf = (element) => {
    for (const animation of document.getAnimations()) try { animation.finish() } catch { /* It has no end. */ }
    const looks = [[element], [element, '::after'], [element.nextElementSibling ?? element], [element.parentElement]]
    return looks.map(([each, part]) => {
      const { outline, borderColor, boxShadow, clipPath, top } = getComputedStyle(each, part)
      return [outline, borderColor, boxShadow, clipPath, top].join()
    }).join('; ')
  }
  const shownBy = (element) =>
    element.matches('input[type=radio]') ? (element.labels?.[0] ?? element) : element
  const isInSight = (element) => {
    const { left, top, width, height } = shownBy(element).getBoundingClientRect()
    const hit = document.elementFromPoint(left + Math.min(width, innerWidth) / 2, top + Math.min(height, innerHeight) / 2)
    return hit !== null && (shownBy(element).contains(hit) || hit.contains(element))
  }
  window.tabWalk = {
    // What has the focus now, and whether one could see it on what had it before.
    async step() {
      // What the focus brings into sight is there after the next frame; nobody tabs faster.
      await new Promise(requestAnimationFrame)
      const element = document.activeElement
      // A date has a stop for its day, its month and its year.
      if (element !== null && element === last?.element) return { stop: nameOf(element), isNew: true, isInSight: true, wasSeen: true, left: '' }
      const wasSeen = last === undefined || lookOf(last.element) !== last.look
      const left = last === undefined ? '' : nameOf(last.element)
      last = undefined
      if (element === null || element === document.body) return { stop: null, isNew: false, isInSight: true, wasSeen, left }
      const isNew = !visited.has(element)
      visited.add(element)
      last = { element, look: lookOf(element) }
      return { stop: nameOf(element), isNew, isInSight: isInSight(element), wasSeen, left }
    },
    missed() {
      const controls = document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')
      return [...controls]
        .filter((control) => control.checkVisibility({ visibilityProperty: true }) && !control.disabled)
        .filter((control) => !control.matches('input[type=radio]:not(:checked)'))
        .filter((control) => !visited.has(control))
        .map(nameOf)
    },
  }
})()`

const stepSchema = z.object({
  stop: z.string().nullable(),
  isNew: z.boolean(),
  isInSight: z.boolean(),
  wasSeen: z.boolean(),
  left: z.string(),
})

/**
 * Goes through a page with the Tab key alone, from its beginning: it comes out at the end again, each stop is in sight and
 * can be told by its look, and no control is left out. Gives the stops, in their order.
 */
export function reachesEverything(page: Page): Promise<string[]> {
  return waitFor(`a walk through ${page.url()} with the Tab key`, walk(page))
}

/** Tabs out of the page at its end, from wherever the focus is. */
async function leaves(page: Page): Promise<void> {
  for (let turn = 0; turn < STOPS_AT_MOST; turn += 1) {
    if ((await page.evaluate('document.activeElement === document.body')) === true) return
    await page.keyboard.press('Tab')
  }
  assert.fail(`Tab does not lead out of ${page.url()}.`)
}

async function walk(page: Page): Promise<string[]> {
  await page.evaluate(NOTES)
  await leaves(page)
  const stops: string[] = []
  for (let turn = 0; turn < STOPS_AT_MOST; turn += 1) {
    await page.keyboard.press('Tab')
    const { stop, isNew, isInSight, wasSeen, left } = stepSchema.parse(await page.evaluate('tabWalk.step()'))
    assert.ok(wasSeen, `Nothing shows the focus on ${left}, on ${page.url()}.`)
    if (stop === null || !isNew) {
      assert.deepEqual(await page.evaluate('tabWalk.missed()'), [], `Tab does not reach all of ${page.url()}.`)
      return stops
    }
    assert.ok(isInSight, `${stop} has the focus and is not in sight, on ${page.url()}.`)
    stops.push(stop)
  }
  assert.fail(`After ${STOPS_AT_MOST} stops Tab has not come out of ${page.url()}: ${stops.slice(-3).join(', ')}.`)
}
