import type { Page } from 'playwright-core'
import * as z from 'zod'
import { findTraces, keyTrace } from '../../secrecy/traces.ts'

/** Runs in the page, where the types of a browser are not those of this project. */
const IN_PAGE = `(async () => ({
  'session storage': JSON.stringify(Object.entries(sessionStorage)),
  'caches': JSON.stringify(await Promise.all((await caches.keys()).map(async (name) => {
    const cache = await caches.open(name)
    const replies = (await cache.keys()).map(async (request) => [request.url, await (await cache.match(request)).text()])
    return [name, await Promise.all(replies)]
  }))),
  'history state': JSON.stringify(history.state),
  'window name': window.name,
  'page': document.documentElement.outerHTML,
  'fields': JSON.stringify([...document.querySelectorAll('input, textarea')].map(({ value }) => value)),
  'timings': JSON.stringify(performance.getEntries()),
}))()`

const textsSchema = z.record(z.string(), z.string())

/** Everything that a page leaves with the browser, by where it is, as text to look through. */
export async function whatIsStored(page: Page): Promise<Readonly<Record<string, string>>> {
  const inPage = textsSchema.parse(await page.evaluate(IN_PAGE))
  const { cookies, origins } = await page.context().storageState({ indexedDB: true })
  const session = await page.context().newCDPSession(page)
  const { entries } = await session.send('Page.getNavigationHistory')
  await session.detach()
  return {
    ...inPage,
    cookies: JSON.stringify(cookies),
    'local storage, IndexedDB': JSON.stringify(origins),
    history: JSON.stringify(entries),
  }
}

/** The places that hold a key, or more of it than its prefix and last four characters, in whatever encoding. */
export async function placesThatHold(page: Page, key: string): Promise<string[]> {
  const places = Object.entries(await whatIsStored(page)).map(([name, text]) => ({ name, text }))
  return findTraces(places, [keyTrace('the key', key)]).map(({ place }) => place)
}
