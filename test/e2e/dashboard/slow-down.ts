import type { Page, Route } from 'playwright-core'

const API = '**/v1/**'

/** Holds every call of the API with this method back for so long, in ms, until `end`, which waits for those held back. */
export async function slowDown(page: Page, method: string, delayMs: number): Promise<{ end: () => Promise<void> }> {
  const handle = async (route: Route) => {
    if (route.request().method() === method) await new Promise((resolve) => setTimeout(resolve, delayMs))
    await route.fallback()
  }
  await page.route(API, handle)
  return {
    end: async () => {
      await page.waitForLoadState('networkidle')
      await page.unroute(API, handle)
    },
  }
}
