import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'
import { Company } from '../../local/simulated-openai/company.ts'

const PAUSE_MS = 3_000

const meSchema = z.object({ role: z.literal('admin') })
const integrationSchema = z.object({
  id: z.string(),
  lastSync: z.object({
    state: z.string(),
    startedAt: z.string().nullable(),
    finishedAt: z.string().nullable(),
    problem: z.object({ code: z.string() }).nullable(),
  }),
})
const usersSchema = z.object({ items: z.array(z.object({ id: z.string() })), nextCursor: z.null() })
const usageSchema = z.object({ total: z.object({ requests: z.number().positive() }) })

/** The deployment does not work as expected. */
export class SmokeFailure extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'SmokeFailure'
  }
}

export interface TriedProduct {
  /** The address before `/v1`. */
  readonly url: string
  /** A token of an admin. Without one, no Authorization header is sent. */
  readonly token?: string
  /** The simulated organization's Admin key, and the seed and number of its people. */
  readonly key: string
  readonly seed: string
  readonly members: number
  /** Called with each thing that works. */
  readonly say: (line: string) => void
  /** Aborted when the test should give up. */
  readonly signal: AbortSignal
  /** The pause between two queries of a sync. */
  readonly pauseMs?: number
}

/**
 * Uses a deployment as an admin would: connects the organization, waits for its sync, reads it, deletes it. Throws
 * `SmokeFailure`.
 */
export async function tryProduct(product: TriedProduct): Promise<void> {
  const { say, key, seed, members } = product
  await call(product, 'GET', '/me', meSchema)
  say('signs in as an admin')
  const body = { provider: 'openai', name: 'Smoke test', adminApiKey: key }
  const { id } = await call(product, 'POST', '/integrations', integrationSchema, body)
  say('checks the Admin key and connects the simulated organization')
  const path = `/integrations/${id}`
  const { startedAt, finishedAt } = await firstSync(product, path)
  say('syncs it')
  const users = await call(product, 'GET', `${path}/users?kind=any&accountStatus=any&limit=1000`, usersSchema)
  const company = new Company({ seed, members })
  // People join and leave at midnight UTC, which can fall between the two times.
  const expected = [startedAt, finishedAt].map((at) => company.usersAt(new Date(at ?? 0)).length)
  if (!expected.includes(users.items.length)) {
    throw new SmokeFailure(`${users.items.length} people are listed, not ${expected.join(' or ')}.`)
  }
  const usage = await call(product, 'GET', `${path}/usage?groupBy=day`, usageSchema)
  say(`reads ${users.items.length} people and ${usage.total.requests} requests, matching the organization`)
  await call(product, 'DELETE', path, z.undefined())
  say('deletes the integration')
}

async function firstSync(product: TriedProduct, path: string) {
  for (;;) {
    const { lastSync } = await call(product, 'GET', path, integrationSchema)
    if (lastSync.state === 'succeeded') return lastSync
    if (lastSync.state === 'failed') throw new SmokeFailure(`The first sync failed: ${lastSync.problem?.code}.`)
    await sleep(product.pauseMs ?? PAUSE_MS)
  }
}

/** The errors contain neither the token nor the key. */
async function call<Schema extends z.ZodType>(
  { url, token, signal }: TriedProduct,
  method: string,
  path: string,
  schema: Schema,
  body?: unknown,
): Promise<z.output<Schema>> {
  const response = await fetch(`${url}/v1${path}`, {
    method,
    signal,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    throw new SmokeFailure(`${method} ${path} had no answer.`, { cause })
  })
  const text = await response.text()
  if (!response.ok) throw new SmokeFailure(`${method} ${path} answered ${response.status}: ${text}`)
  const read = schema.safeParse(text === '' ? undefined : JSON.parse(text))
  if (read.success) return read.data
  throw new SmokeFailure(`${method} ${path} gave an unexpected answer:\n${z.prettifyError(read.error)}`)
}
