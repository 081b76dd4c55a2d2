import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type ApiHandler, createApiHandler } from '../../functions/api/http/handler-factory.ts'
import type { Operation } from '../../shared/contracts/operation.ts'
import { operations } from '../../shared/contracts/operations.ts'
import { type ApiBench, startApiBench } from './api-bench.ts'
import { call } from './call.ts'

const HEADER = 'x-rollcall-origin-secret'
const SECRET = 'what-cloudfront-sends'
const all = Object.values<Operation>(operations)

let bench: ApiBench
let id: string
let handler: ApiHandler
/** True while Secrets Manager does not answer. */
let isUnknown = false
beforeAll(async () => {
  bench = await startApiBench()
  id = await bench.connected()
  const matches = async (sent: string | undefined) => {
    if (isUnknown) throw new Error('Secrets Manager does not answer.')
    return sent === SECRET
  }
  handler = createApiHandler({ ...bench.dependencies, originSecret: { matches } })
})
afterAll(() => bench.close())

function target({ path }: Operation): string {
  return path.replace('{id}', id).replace('{userId}', 'ana').replace('{syncId}', id)
}

describe.each([
  ['without the secret', {}],
  ['with another secret', { [HEADER]: 'guessed' }],
])('A call %s is refused for every caller', (_, headers) => {
  test.each(all)('$method $path', async (operation) => {
    const answer = await call(handler, operation.method, target(operation), { headers })
    expect([answer.status, answer.body]).toMatchObject([
      403,
      { code: 'forbidden', detail: 'This address is closed. Call the API at the dashboard’s address.' },
    ])
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
  })
})

test('A call through CloudFront is answered if it has the required role', async () => {
  const headers = { [HEADER]: SECRET }
  expect((await call(handler, 'GET', '/v1/health', { headers, claims: null })).status).toBe(200)
  expect((await call(handler, 'GET', `/v1/integrations/${id}`, { headers })).status).toBe(200)
  expect((await call(handler, 'GET', `/v1/integrations/${id}`, { headers, claims: null })).status).toBe(403)
})

test('A refused write is recorded as an audit event', async () => {
  await call(handler, 'DELETE', `/v1/integrations/${id}`)
  const { body } = await bench.request('GET', '/audit-events?limit=1')
  expect(body).toMatchObject({
    items: [{ action: 'refused_write', operation: 'deleteIntegration', integrationId: id, code: 'forbidden' }],
  })
})

test('No call is answered while the secret cannot be read', async () => {
  isUnknown = true
  const { status } = await call(handler, 'GET', '/v1/health', { headers: { [HEADER]: SECRET } })
  isUnknown = false
  expect(status).toBe(500)
})

test('Neither the log nor the table contains the secret', async () => {
  await call(handler, 'GET', '/v1/health', { headers: { [HEADER]: SECRET } })
  await call(handler, 'DELETE', `/v1/integrations/${id}`, { headers: { [HEADER]: `${SECRET}, ${SECRET}` } })
  expect(JSON.stringify([bench.logged, (await bench.save()).items])).not.toContain(SECRET)
})
