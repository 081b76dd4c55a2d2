import { describe, expect, test } from '@jest/globals'
import * as z from 'zod'
import { AdminApiKey } from '../../../shared/domain/admin-api-key.ts'
import { ProviderError } from '../../../shared/domain/problem.ts'
import { RequestRefusedError } from '../../../shared/providers/http/errors.ts'
import { type ApiDialect, HttpClient } from '../../../shared/providers/http/http-client.ts'
import { EventClock, neverAnswered } from '../../fakes/event-clock.ts'

const DEADLINE_MS = Date.parse('2026-11-24T12:00:00.000Z')
const at = (ms: number) => new Date(DEADLINE_MS + ms)

const REQUEST = { dataSet: 'directory', path: '/users', query: [], schema: z.object({}) }
const OPTIONS = { baseUrl: 'https://api.example.com/v1', key: new AdminApiKey('verysecret'), deadline: at(0) }

/** An API whose 402 reports a deactivated account. */
const dialect: ApiDialect = {
  headers: (key) => ({ 'x-key': key.reveal() }),
  problemOf: (status, body) => (status === 402 && body === 'unpaid' ? 'account_deactivated' : null),
}

/** How often a client with two deadlines sends a request, at a given time. */
async function asked(endingBy: Date, now: Date): Promise<number> {
  let requests = 0
  const client = new HttpClient(dialect, {
    ...OPTIONS,
    now: () => now,
    fetch: async () => {
      requests += 1
      return Response.json({})
    },
  })
  await client
    .endingBy(endingBy)
    .get(REQUEST)
    .catch(() => undefined)
  return requests
}

test('An earlier deadline takes effect, and a later one does not extend it', async () => {
  expect(await asked(at(-1_000), at(-1_001))).toBe(1)
  expect(await asked(at(-1_000), at(-1_000))).toBe(0)
  expect(await asked(at(60_000), at(-1))).toBe(1)
  expect(await asked(at(60_000), at(0))).toBe(0)
})

/** The error of a request that is answered once, and the headers that it was sent with. */
async function refusedWith(status: number, body: string) {
  const sent: Headers[] = []
  const client = new HttpClient(dialect, {
    ...OPTIONS,
    now: () => at(-60_000),
    fetch: async (_url, init) => {
      sent.push(new Headers(init?.headers))
      return new Response(body, { status })
    },
  })
  const error: unknown = await client
    .get({ ...REQUEST, headers: { 'x-beta': 'usage' } })
    .catch((thrown: unknown) => thrown)
  return { error, sent }
}

test('The dialect judges every refusal that is not worth a retry', async () => {
  const { error } = await refusedWith(402, 'unpaid')
  expect(error).toMatchObject({ code: 'account_deactivated', dataSet: 'directory' })
  expect(error).not.toBeInstanceOf(RequestRefusedError)
})

test('A refusal about which the dialect says nothing refused the request alone', async () => {
  const { error } = await refusedWith(402, 'something else')
  expect(error).toBeInstanceOf(RequestRefusedError)
  expect(error).toMatchObject({ code: 'unexpected_reply', status: 402 })
})

test('A request can have headers beside those of the dialect, which it cannot replace', async () => {
  const { sent } = await refusedWith(400, '')
  expect(sent.map((headers) => [headers.get('x-beta'), headers.get('x-key')])).toEqual([['usage', 'verysecret']])
})

test('A request ends within its own time: the provider is unreachable, though it answered before and time is left', async () => {
  const clock = new EventClock(at(-60_000))
  let requests = 0
  const client = new HttpClient(dialect, {
    ...OPTIONS,
    now: clock.now,
    sleep: clock.sleep,
    timeout: clock.timeout,
    fetch: async (_url, init) => {
      requests += 1
      return requests === 1 ? Response.json({}) : neverAnswered(init?.signal)
    },
  }).withPatience({ attemptTimeoutMs: 4_000, requestTimeoutMs: 10_000 })
  await client.get(REQUEST)
  const { result, seconds } = await clock.run(client.get(REQUEST).catch((error: unknown) => error))
  expect(result).toMatchObject({ code: 'provider_unreachable' })
  expect([seconds, requests]).toEqual([10, 1 + 3])
})

describe('When the time of a reading ends', () => {
  /** Sends requests until one fails. Each takes 750 ms of the client's clock, and 3 seconds are left. Returns the problem. */
  async function readUntilFailure(answer: (index: number) => Response | undefined) {
    let nowMs = -3_000
    let requests = 0
    let limit = { endsMs: 0, abort: new AbortController() }
    const client = new HttpClient(dialect, {
      ...OPTIONS,
      now: () => at(nowMs),
      sleep: async (ms) => void (nowMs += ms),
      timeout: (ms) => {
        limit = { endsMs: nowMs + ms, abort: new AbortController() }
        return limit.abort.signal
      },
      fetch: async (_url, init) => {
        const answered = answer(requests)
        requests += 1
        nowMs = answered === undefined ? limit.endsMs : nowMs + 750
        if (nowMs >= limit.endsMs) limit.abort.abort()
        init?.signal?.throwIfAborted()
        return answered ?? Response.error()
      },
    })
    const failure = async () => {
      for (;;) await client.get(REQUEST)
    }
    const code = await failure().catch((error: unknown) => (error instanceof ProviderError ? error.code : error))
    return { code, requests }
  }

  test('during a request, and all before were answered, there was too much to read', async () => {
    expect(await readUntilFailure(() => Response.json({}))).toEqual({ code: 'timed_out', requests: 4 })
  })

  test('during the first request, the provider is unreachable', async () => {
    expect(await readUntilFailure(() => undefined)).toEqual({ code: 'provider_unreachable', requests: 1 })
  })

  test('during the repetition of a request that failed, the provider is unreachable', async () => {
    const failsFrom = (from: number) => (index: number) =>
      index < from ? Response.json({}) : new Response(null, { status: 503 })
    expect(await readUntilFailure(failsFrom(1))).toMatchObject({ code: 'provider_unreachable' })
    const hangsAfterFailure = (index: number) => (index < 2 ? failsFrom(1)(index) : undefined)
    expect(await readUntilFailure(hangsAfterFailure)).toEqual({ code: 'provider_unreachable', requests: 3 })
  })
})
