import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { startHttpServer } from '../../local/http/http-server.ts'

const TOKEN = 'writes-3kq8'
const logger = { info() {}, warn() {}, error() {} }

let server: Awaited<ReturnType<typeof startHttpServer>>
let calls = 0
beforeAll(async () => {
  const answer = async () => ({ statusCode: 200, body: String((calls += 1)) })
  server = await startHttpServer({ port: 0, tokens: [{ token: TOKEN, role: 'admin' }], answer, logger })
})
afterAll(() => server.close())

const credentials: Record<string, { readonly headers?: Record<string, string>; readonly query?: string }> = {
  'that is empty': { headers: { authorization: 'Bearer ' } },
  'without its scheme': { headers: { authorization: TOKEN } },
  'under another scheme': { headers: { authorization: `Basic ${TOKEN}` } },
  'cut by a character': { headers: { authorization: `Bearer ${TOKEN.slice(0, -1)}` } },
  'longer by a character': { headers: { authorization: `Bearer ${TOKEN}x` } },
  'in another case': { headers: { authorization: `Bearer ${TOKEN.toUpperCase()}` } },
  'with its role before it': { headers: { authorization: `Bearer admin:${TOKEN}` } },
  'in a cookie': { headers: { cookie: `authorization=Bearer ${TOKEN}; token=${TOKEN}` } },
  'in a header of its own': { headers: { 'x-api-key': TOKEN, 'x-authorization': `Bearer ${TOKEN}` } },
  'for a proxy': { headers: { 'proxy-authorization': `Bearer ${TOKEN}` } },
  'in the address': { query: `?access_token=${TOKEN}&token=${TOKEN}` },
}

test.each(Object.entries(credentials))('A token %s is none', async (_, { headers = {}, query = '' }) => {
  const { status } = await fetch(`${server.url}/v1/integrations${query}`, { headers })
  expect([status, calls]).toEqual([401, 0])
})
