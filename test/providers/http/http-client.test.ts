import { expect, test } from '@jest/globals'
import * as z from 'zod'
import { AdminApiKey } from '../../../shared/domain/admin-api-key.ts'
import { HttpClient } from '../../../shared/providers/http/http-client.ts'

const DEADLINE_MS = Date.parse('2026-11-24T12:00:00.000Z')
const at = (ms: number) => new Date(DEADLINE_MS + ms)

/** How often a client with two deadlines sends a request, at a given time. */
async function asked(endingBy: Date, now: Date): Promise<number> {
  let requests = 0
  const dialect = { headers: () => ({}), keyProblemOf: () => 'invalid_admin_key' as const }
  const client = new HttpClient(dialect, {
    baseUrl: 'https://api.example.com/v1',
    key: new AdminApiKey('verysecret'),
    deadline: at(0),
    now: () => now,
    fetch: async () => {
      requests += 1
      return Response.json({})
    },
  })
  const request = { dataSet: 'directory', path: '/users', query: [], schema: z.object({}) }
  await client
    .endingBy(endingBy)
    .get(request)
    .catch(() => undefined)
  return requests
}

test('An earlier deadline takes effect, and a later one does not extend it', async () => {
  expect(await asked(at(-1_000), at(-1_001))).toBe(1)
  expect(await asked(at(-1_000), at(-1_000))).toBe(0)
  expect(await asked(at(60_000), at(-1))).toBe(1)
  expect(await asked(at(60_000), at(0))).toBe(0)
})
