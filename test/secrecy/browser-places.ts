import type { Page } from 'playwright-core'
import * as z from 'zod'
import type { Place } from './traces.ts'

/** What Playwright's own account of a browser's state leaves out, as a program of the page. */
const IN_PAGE = `(async () => {
  const cached = []
  for (const name of await caches.keys()) {
    const cache = await caches.open(name)
    for (const request of await cache.keys()) cached.push(request.url, await (await cache.match(request)).text())
  }
  return {
    sessionStorage: JSON.stringify({ ...sessionStorage }),
    history: JSON.stringify([history.state, window.name]),
    caches: cached.join('\\n'),
  }
})()`

/**
 * All that a page has put aside in its browser: cookies, storages, databases, caches, the history's state. For
 * `findTraces`, with keys and people. https://playwright.dev/docs/api/class-browsercontext#browser-context-storage-state
 */
export async function browserPlaces(page: Page): Promise<Place[]> {
  const state = await page.context().storageState({ indexedDB: true })
  const inPage = z.record(z.string(), z.string()).parse(await page.evaluate(IN_PAGE))
  return [
    { name: 'cookies, localStorage and databases', text: JSON.stringify(state) },
    ...Object.entries(inPage).map(([name, text]) => ({ name, text })),
  ]
}
