import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome']

/** Nothing that calls home: a request to another host is a failure. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
]

/** The Chromium that the system has, or the one `CHROMIUM` names. */
export function findChromium(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const paths = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return process.env['CHROMIUM'] ?? paths.find((path) => existsSync(path))
}

/** Starts a browser without a window. */
export function startBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('No Chromium found: install one, or name it in CHROMIUM.')
  return chromium.launch({ executablePath, args: FLAGS })
}

/** A page, and what went wrong in it that no one should see. */
export interface WatchedPage {
  readonly page: Page
  /** Console errors, uncaught exceptions and requests to other hosts. */
  readonly troubles: string[]
}

/** Opens a page that watches its console and where its requests go; `hosts` are allowed beside its own. */
export async function openPage(
  browser: Browser,
  { url, hosts = [], ...options }: BrowserContextOptions & { url: string; hosts?: readonly string[] },
): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    acceptDownloads: true,
    ...options,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const troubles: string[] = []
  const allowed = new Set([new URL(url).host, ...hosts])
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => troubles.push(`exception: ${error.message}`))
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url())
    if (protocol.startsWith('http') && !allowed.has(host)) troubles.push(`request to ${host}`)
  })
  await page.goto(url)
  return { page, troubles }
}

/** Waits until a page has everything it loads: no call under way, and no placeholder left. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForLoadState('networkidle')
  await page.locator('main > *').first().waitFor()
  await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' })
  await page.waitForLoadState('networkidle')
}
