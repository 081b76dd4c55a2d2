import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startRollcall } from '../../infra/local/run-local.ts'
import {
  startSimulatedOrganization,
  type SimulatedOrganizationOptions,
} from '../../infra/local/simulated-organization/server.ts'

// The tests' reading of the answers: what they look at is checked by what they expect.
export interface Answer {
  readonly status: number
  readonly body: Record<string, unknown>
}

/** The whole product in this process, on files of its own, against a simulated organization of its own. */
export async function startProduct(options: SimulatedOrganizationOptions = {}) {
  const organization = await startSimulatedOrganization(options)
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
  const lines: string[] = []
  const settings = {
    port: 0,
    dataDir: join(folder, 'data'),
    encryptionKey: undefined,
    tokens: undefined,
    syncIntervalSeconds: undefined,
    adminKey: undefined,
    baseUrl: organization.baseUrl,
    empty: true,
  }
  let rollcall = await startRollcall(settings, (line) => lines.push(line))
  return {
    organization,
    lines,
    folder,
    get url() {
      return rollcall.url
    },
    restart: async () => {
      await rollcall.close()
      rollcall = await startRollcall(settings, (line) => lines.push(line))
    },
    connect: (adminApiKey: string, name = 'Acme') =>
      call(`${rollcall.url}/v1/integrations`, { provider: 'openai', name, adminApiKey }),
    get: (path: string) => call(`${rollcall.url}/v1${path}`),
    post: (path: string, body?: unknown) => call(`${rollcall.url}/v1${path}`, body ?? null),
    /** Waits for the newest sync of an integration to end, and gives it. */
    ended: (id: string) => untilEnded(`${rollcall.url}/v1/integrations/${id}`),
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

async function call(url: string, body?: unknown): Promise<Answer> {
  const response =
    body === undefined
      ? await fetch(url)
      : await fetch(url, {
          method: 'POST',
          ...(body !== null && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
        })
  const answer: unknown = await response.json()
  return { status: response.status, body: answer as Record<string, unknown> }
}

async function untilEnded(url: string): Promise<Record<string, unknown>> {
  const until = Date.now() + 15_000
  while (Date.now() < until) {
    const { body } = await call(url)
    const sync = body['lastSync'] as Record<string, unknown>
    if (sync['state'] === 'succeeded' || sync['state'] === 'failed') return sync
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('The sync did not end.')
}

function textOf(path: string): string {
  if (!statSync(path).isDirectory()) return readFileSync(path, 'latin1')
  return readdirSync(path)
    .map((name) => textOf(join(path, name)))
    .join('\n')
}
