import { expect, test } from '@jest/globals'
import * as z from 'zod'
import { AdminApiKey } from '../../../shared/domain/admin-api-key.ts'
import { RequestRefusedError } from '../../../shared/providers/http/errors.ts'
import { type ApiDialect, HttpClient } from '../../../shared/providers/http/http-client.ts'

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
