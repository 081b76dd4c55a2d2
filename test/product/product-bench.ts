import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkAnswer } from '../contracts/check-answer.ts'
import { type Rollcall, startRollcall } from '../../local/run-local.ts'
import type { RunOptions } from '../../local/settings/run-options.ts'
import { OTHER_KIND_NAMES } from '../../shared/data-sets/other-usage/kinds.ts'
import type { Settings } from '../../local/settings/settings.ts'
import { startSimulatedOrganization, type SimulatedOrganizationOptions } from '../../local/simulated-openai/server.ts'
import { noTimeout, WATCHDOG_MS, waitUntil } from '../watchdog.ts'

const LOOK_EVERY_MS = 500
/** Costs of this day begin before its other data. */
const NOW = new Date('2026-11-30T12:00:00.000Z')

// The tests' reading of the answers: what they look at is checked by what they expect.
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly body: Record<string, unknown>
}

/**
 * The whole product in this process, on files of its own, against a simulated organization of its own and by its clock.
 * It waits for what it has begun, however slow the machine is.
 */
export async function startProduct(
  options: SimulatedOrganizationOptions = {},
  overrides: Partial<Settings> = {},
  ownRunOptions: Partial<RunOptions> = {},
) {
  const { now = () => NOW } = options
  const organization = await startSimulatedOrganization({ ...options, now })
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
  const lines: string[] = []
  let settings: Settings = {
    port: 0,
    dataDir: join(folder, 'data'),
    encryptionKey: undefined,
    tokens: undefined,
    syncIntervalSeconds: undefined,
    optionalDataSets: undefined,
    adminKeys: {},
    baseUrls: { openai: organization.baseUrl },
    empty: true,
    ...overrides,
  }
  const waits = { lockWaitMs: WATCHDOG_MS, firstSyncWaitMs: WATCHDOG_MS, stopWaitMs: WATCHDOG_MS }
  const runOptions = { now, timeout: noTimeout, ...waits, ...ownRunOptions }
  const start = () => startRollcall(settings, (line) => lines.push(line), runOptions)
  let rollcall = await start()
  return {
    organization,
    get settings() {
      return settings
    },
    lines,
    folder,
    get url() {
      return rollcall.url
    },
    /** Stops and starts again, with settings of which some may have changed. */
    restart: async (changed: Partial<Settings> = {}) => {
      settings = { ...settings, ...changed }
      await rollcall.close()
      rollcall = await start()
    },
    request: (method: string, target: string, sent?: Parameters<typeof send>[3]) =>
      send(rollcall.url, method, target, sent),
    connect: (adminApiKey: string, name = 'Acme') =>
      send(rollcall.url, 'POST', '/integrations', { json: { provider: 'openai', name, adminApiKey } }),
    get: (path: string) => send(rollcall.url, 'GET', path),
    post: (path: string, json?: unknown) => send(rollcall.url, 'POST', path, { json }),
    /** Waits for the newest sync of an integration to end, with its record when it succeeded, and gives it. */
    ended: (id: string) => untilEnded(rollcall, id),
    /** Waits until all syncs have ended, or a while. */
    idle: () => rollcall.idle(LOOK_EVERY_MS),
    /** Everything in the data folder, as one text. */
    storedText: () => textOf(folder),
    close: async () => {
      await rollcall.close()
      await organization.close()
      rmSync(folder, { recursive: true })
    },
  }
}

export type Product = Awaited<ReturnType<typeof startProduct>>

/** All kinds of usage other than completions and some, as an organization refuses those that it does not have. */
export function unavailableBut(...some: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(OTHER_KIND_NAMES.filter((kind) => !some.includes(kind)).map((kind) => [kind, 404]))
}

/** Sends a request to a running product and holds the answer against the OpenAPI document. */
export async function send(
  base: string,
  method: string,
  target: string,
  sent: { json?: unknown; csv?: string | Uint8Array<ArrayBuffer>; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const { json, csv } = sent
  const body = csv ?? (json === undefined ? undefined : JSON.stringify(json))
  const type = csv === undefined ? 'application/json' : 'text/csv'
  const response = await fetch(`${base}/v1${target}`, {
    method,
    headers: { ...(body !== undefined && { 'content-type': type }), ...sent.headers },
    ...(body !== undefined && { body }),
  })
  const text = await response.text()
  const contentType = response.headers.get('content-type') ?? undefined
  const parsed: unknown = text === '' ? undefined : contentType?.includes('json') === true ? JSON.parse(text) : text
  const { pathname } = new URL(`${base}/v1${target}`)
  checkAnswer({ method, path: pathname, status: response.status, contentType, body: parsed })
  return { status: response.status, headers: response.headers, text, body: (parsed ?? {}) as Record<string, unknown> }
}

/** Looks when all syncs have ended, and now and then, since one of another organization may be held. */
function untilEnded(rollcall: Rollcall, id: string): Promise<Record<string, unknown>> {
  let seen: unknown
  return waitUntil(
    'the newest sync to end',
    async () => {
      await rollcall.idle(LOOK_EVERY_MS)
      const { body } = await send(rollcall.url, 'GET', `/integrations/${id}`)
      const sync = body['lastSync'] as Record<string, unknown>
      seen = sync
      const isRecorded = sync['state'] === 'succeeded' && body['recordedSyncId'] === sync['id']
      return (isRecorded || sync['state'] === 'failed') && sync
    },
    () => JSON.stringify(seen),
  )
}

function textOf(path: string): string {
  if (!statSync(path).isDirectory()) return readFileSync(path, 'latin1')
  return readdirSync(path)
    .map((name) => textOf(join(path, name)))
    .join('\n')
}
