import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { within } from '../bounded.ts'
import { callersEnvironment } from '../environment.ts'
import type { Bench } from '../step.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome']
const START_WITHIN_MS = 60_000
/** Opening and closing have no limit of their own in Playwright. */
const OPEN_WITHIN_MS = 60_000
const CLOSE_WITHIN_MS = 15_000
const WAIT_AT_MOST_MS = 30_000

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
export async function startBrowser(environment = callersEnvironment()): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('No Chromium found: install one, or name it in CHROMIUM.')
  // Signals are the run's to handle: it closes the browser itself.
  const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false }
  return chromium.launch({ executablePath, args: FLAGS, env: environment, timeout: START_WITHIN_MS, ...signals })
}

/** Starts one that is closed when the step ends, or else found as left behind. */
export async function startBenchBrowser({ processes, onEnd }: Bench): Promise<Browser> {
  const browser = await startBrowser(processes.marked(callersEnvironment()))
  onEnd(() => browser.close())
  return browser
}

/** A page, and what went wrong in it that no one should see. */
export interface WatchedPage {
  readonly page: Page
  /** Console errors, uncaught exceptions, requests to other hosts, keys in addresses. */
  readonly troubles: string[]
  readonly close: () => Promise<void>
}

/** Opens a page that watches its console and where its requests go; `hosts` are allowed beside its own. */
export async function openPage(
  browser: Browser,
  { url, hosts = [], ...options }: BrowserContextOptions & { url: string; hosts?: readonly string[] },
): Promise<WatchedPage> {
  const viewport = { width: 1280, height: 800 }
  const context = await within(
    OPEN_WITHIN_MS,
    'Opening a window',
    browser.newContext({ viewport, acceptDownloads: true, ...options }),
  )
  const page = await within(OPEN_WITHIN_MS, 'Opening a page', context.newPage())
  page.setDefaultTimeout(WAIT_AT_MOST_MS)
  const troubles: string[] = []
  const allowed = new Set([new URL(url).host, ...hosts])
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => troubles.push(`exception: ${error.message}`))
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url())
    if (protocol.startsWith('http') && !allowed.has(host)) troubles.push(`request to ${host}`)
    if (request.url().includes('sk-')) troubles.push('a key in an address')
  })
  await page.goto(url)
  return { page, troubles, close: () => within(CLOSE_WITHIN_MS, 'Closing a window', context.close()) }
}

/** Waits until a page has everything it loads: no call under way, and no placeholder left. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForLoadState('networkidle')
  await page.locator('main > *').first().waitFor()
  await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' })
  await page.waitForLoadState('networkidle')
}
