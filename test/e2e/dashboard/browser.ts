import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium, type Browser, type BrowserContextOptions, type Page, type Request } from 'playwright-core'
import { waitFor, waitUntil, WATCHDOG_MS } from '../../watchdog.ts'
import { callersEnvironment } from '../environment.ts'
import type { Bench } from '../step.ts'

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
export async function startBrowser(environment = callersEnvironment()): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('No Chromium found: install one, or name it in CHROMIUM.')
  // Signals are the run's to handle: it closes the browser itself.
  const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false }
  return chromium.launch({ executablePath, args: FLAGS, env: environment, timeout: WATCHDOG_MS, ...signals })
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
  const context = await waitFor('a window', browser.newContext({ viewport, acceptDownloads: true, ...options }))
  const page = await waitFor('a page', context.newPage())
  page.setDefaultTimeout(WATCHDOG_MS)
  noteCalls(page)
  const troubles: string[] = []
  const allowed = new Set([new URL(url).host, ...hosts])
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => troubles.push(`exception: ${error.message}`))
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url())
    if (protocol.startsWith('http') && !allowed.has(host)) troubles.push(`request to ${host}`)
    // Random texts of a sign-in can contain `sk-`.
    if (/sk-(admin|proj|svcacct|ant)-/.test(request.url())) troubles.push('a key in an address')
  })
  await page.goto(url)
  return { page, troubles, close: () => waitFor('a window to close', context.close()) }
}

/** What a page is loading. */
interface Calls {
  readonly underWay: Set<Request>
  /** How many there were so far. */
  begun: number
}

const callsOf = new WeakMap<Page, Calls>()

function noteCalls(page: Page): void {
  const calls: Calls = { underWay: new Set(), begun: 0 }
  callsOf.set(page, calls)
  page.on('request', (request) => {
    // Of the document before, nothing is waited for any more.
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) calls.underWay.clear()
    calls.underWay.add(request)
    calls.begun += 1
  })
  page.on('requestfinished', (request) => calls.underWay.delete(request))
  page.on('requestfailed', (request) => calls.underWay.delete(request))
}

/** Waits until a page has everything it loads: no placeholder left, and no call under way or begun by what came last. */
export async function settled(page: Page): Promise<void> {
  const calls = callsOf.get(page)
  if (calls === undefined) throw new Error('Only a page of openPage tells when it has settled.')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.locator('main > *').first().waitFor()
  const isAtRest = async () => {
    const { begun } = calls
    await painted(page)
    const placeholders = await page.locator('.mantine-Skeleton-root').count()
    return placeholders === 0 && calls.underWay.size === 0 && calls.begun === begun
  }
  const underWay = () => [...calls.underWay].map((request) => request.url()).join(', ')
  await waitUntil(`everything that ${page.url()} loads`, isAtRest, underWay)
}

/** After this time without a frame, the page is asked for a picture, for which the browser has to paint one. */
const FRAME_LATE_MS = 20_000

/** Waits until the browser has painted a page as it is now. Throws after the watchdog's time, and says whether the page's code still ran. */
export async function painted(page: Page): Promise<void> {
  // The first frame may have begun before.
  const frames = page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))')
  let seen = 'the page’s code does not answer'
  const timer = setInterval(() => {
    page.evaluate('1').then(
      () => (seen = 'the page’s code answers, but no frame comes'),
      (error: unknown) => (seen = String(error)),
    )
    // A failure shows in the wait itself.
    page.screenshot({ timeout: FRAME_LATE_MS }).catch(() => undefined)
  }, FRAME_LATE_MS)
  try {
    await waitFor(`the browser to paint ${page.url()}`, frames, () => seen)
  } finally {
    clearInterval(timer)
  }
}
