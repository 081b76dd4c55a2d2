import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { operations } from '../../shared/contracts/operations.ts'
import { type ApiBench, startApiBench } from '../api/api-bench.ts'
import { documentedCalls, type DocumentedCall, type Ids } from '../attacker/documented-calls.ts'
import { forgedTokens } from '../attacker/forged-tokens.ts'
import { type Product, startProduct } from '../product/product-bench.ts'
import { waitUntil } from '../watchdog.ts'
import { recordFigures } from './figures.ts'

const ADMIN_TOKEN = 'writes-3kq8'
const ADMIN = { authorization: `Bearer ${ADMIN_TOKEN}` }
const VIEWER = { authorization: 'Bearer reads-7hw2' }
/** The longest there is, 115 days: no sync begins by itself while what is stored is compared. */
const NO_SCHEDULE_SECONDS = 9_999_999
const OVERRIDES = ['x-http-method-override', 'x-http-method', 'x-method-override']

let product: Product
let calls: DocumentedCall[]
let ids: Ids
let refused = 0

beforeAll(async () => {
  const tokens = [
    { token: ADMIN_TOKEN, role: 'admin' },
    { token: 'reads-7hw2', role: 'viewer' },
  ] as const
  product = await startProduct({ members: 40 }, { tokens, syncIntervalSeconds: NO_SCHEDULE_SECONDS })
  const json = { provider: 'openai', name: 'Acme', adminApiKey: product.organization.keys.admin }
  const { body } = await product.request('POST', '/integrations', { json, headers: ADMIN })
  const id = String(body['id'])
  await waitUntil('the first sync, with its record', async () => {
    const integration = await product.request('GET', `/integrations/${id}`, { headers: ADMIN })
    return integration.body['recordedSyncId'] !== null
  })
  expect((await product.request('PUT', '/roster', { csv: 'email\nkept@acme.example', headers: ADMIN })).status).toBe(
    200,
  )
  const { body: page } = await product.request('GET', `/integrations/${id}/users?limit=1`, { headers: ADMIN })
  const { body: syncs } = await product.request('GET', `/integrations/${id}/syncs`, { headers: ADMIN })
  const { body: people } = await product.request('GET', '/people?limit=1', { headers: ADMIN })
  const { body: findings } = await product.request('GET', '/findings?limit=1', { headers: ADMIN })
  const owners = { name: 'Owners', population: 'owners' }
  const review = await product.request('POST', '/reviews', { json: owners, headers: ADMIN })
  expect(review.status).toBe(201)
  ids = {
    id,
    userId: firstId(page),
    syncId: firstId(syncs),
    personId: firstId(people),
    findingId: firstId(findings),
    reviewId: String(review.body['id']),
  }
  calls = documentedCalls(ids)
})
afterAll(async () => {
  recordFigures('attacker-access', { 'requests refused': refused, 'calls that the document has': calls.length })
  await product.close()
})

test('The tested calls are exactly those of the document and those that are served', () => {
  expect(calls.map(({ operationId }) => operationId).toSorted()).toEqual(Object.keys(operations).toSorted())
  expect(calls.filter(({ isOpen }) => isOpen).map(({ path }) => path)).toEqual(['/health', '/openapi.json'])
})

test('Without a valid token every call is refused, and nothing is read, requested or changed', async () => {
  const forged = await forgedTokens({ url: 'https://issuer.example', audience: 'rollcall' })
  const credentials: Record<string, Record<string, string>> = {
    none: {},
    empty: { authorization: 'Bearer ' },
    'without its scheme': { authorization: ADMIN_TOKEN },
    'under another scheme': { authorization: `Basic ${btoa(`admin:${ADMIN_TOKEN}`)}` },
    'cut by a character': { authorization: `Bearer ${ADMIN_TOKEN.slice(0, -1)}` },
    'longer by a character': { authorization: `Bearer ${ADMIN_TOKEN}x` },
    'in another case': { authorization: `Bearer ${ADMIN_TOKEN.toUpperCase()}` },
    'with its role before it': { authorization: `Bearer admin:${ADMIN_TOKEN}` },
    'in a cookie': { cookie: `authorization=Bearer ${ADMIN_TOKEN}; token=${ADMIN_TOKEN}` },
    'in a header of its own': { 'x-api-key': ADMIN_TOKEN, 'x-authorization': `Bearer ${ADMIN_TOKEN}` },
    'for a proxy': { 'proxy-authorization': `Bearer ${ADMIN_TOKEN}` },
    ...Object.fromEntries(Object.entries(forged).map(([name, token]) => [name, { authorization: `Bearer ${token}` }])),
  }
  const before = await state()
  product.organization.requests.length = 0
  for (const [name, headers] of Object.entries(credentials)) {
    for (const call of calls) {
      const answer = await send(call, headers)
      expect([name, call.operationId, answer.status, answer.body['code']]).toEqual([
        name,
        call.operationId,
        401,
        'unauthorized',
      ])
      expect(Object.keys(answer.body).toSorted()).toEqual(['code', 'detail', 'status', 'title', 'type'])
    }
  }
  expect(product.organization.requests).toEqual([])
  expect(await state()).toEqual(before)
})

test('A token in the address is ignored', async () => {
  for (const { method, path, operationId } of calls) {
    const target = `${path}?access_token=${ADMIN_TOKEN}`
    const answer = await send({ method, path: target, body: undefined, contentType: undefined }, {})
    expect([operationId, answer.status]).toEqual([operationId, 401])
  }
})

test('Every write and every admin call is refused for viewers, and nothing is requested or changed', async () => {
  const before = await state()
  product.organization.requests.length = 0
  const forbidden = calls.filter(({ method, isForAdmins }) => method !== 'GET' || isForAdmins)
  expect(forbidden.length).toBeGreaterThanOrEqual(6)
  for (const call of forbidden) {
    const answer = await send(call, VIEWER)
    expect([call.operationId, answer.status, answer.body['code']]).toEqual([call.operationId, 403, 'forbidden'])
  }
  expect(product.organization.requests).toEqual([])
  expect(await state()).toEqual(before)
  const { body } = await product.request('GET', '/audit-events?limit=100', { headers: ADMIN })
  const recorded = (body['items'] as { action: string; operation: string }[])
    .filter(({ action }) => action === 'refused_write')
    .map(({ operation }) => operation)
  const writes = forbidden.filter(({ method }) => method !== 'GET').map(({ operationId }) => operationId)
  expect(recorded.toSorted()).toEqual(writes.toSorted())
})

test('No header turns an allowed call into another one', async () => {
  const before = await state()
  for (const name of OVERRIDES) {
    for (const method of ['DELETE', 'PATCH', 'POST']) {
      for (const headers of [VIEWER, ADMIN]) {
        const answer = await product.request('GET', `/integrations/${ids.id}`, {
          headers: { ...headers, [name]: method },
        })
        expect([answer.status, answer.body['name']]).toEqual([200, 'Acme'])
      }
    }
  }
  const wrong = await product.request('POST', `/integrations/${ids.id}`, {
    headers: { ...ADMIN, [OVERRIDES[0] ?? '']: 'DELETE' },
  })
  expect(wrong.status).toBe(405)
  expect(await state()).toEqual(before)
})

describe('The function only trusts the claim that grants a role', () => {
  let bench: ApiBench
  let id: string
  beforeAll(async () => {
    bench = await startApiBench()
    id = await bench.connected()
  })
  afterAll(() => bench.close())

  test.each([
    null,
    {},
    { sub: 'x', role: '' },
    { sub: 'x', role: 'ADMIN' },
    { sub: 'x', role: 'admin ' },
    { sub: 'x', role: 'admin,viewer' },
    { sub: 'x', role: '"admin"' },
    { sub: 'x', role: '[administrator]' },
    { sub: 'x', Role: 'admin' },
    { sub: 'x', roles: 'admin', groups: 'admin', scope: 'admin' },
    { sub: 'admin', name: 'admin', email: 'admin' },
    { sub: 'x', role: '[object Object]' },
    { sub: 'x', role: '__proto__' },
    { sub: 'x', role: 'constructor' },
  ])('%j', async (claims) => {
    const own = { id, userId: 'ana', syncId: id, personId: 'ana', findingId: 'none', reviewId: id }
    const closed = documentedCalls(own).filter(({ isOpen }) => !isOpen)
    for (const { operationId, method, path, body } of closed) {
      const answer = await bench.request(method, path, { claims, json: body })
      expect([operationId, answer.status, answer.body]).toMatchObject([operationId, 403, { code: 'forbidden' }])
      refused += 1
    }
    expect([...bench.keys.stored.keys()]).toEqual([id])
    expect(bench.queue.messages).toEqual([])
  })
})

async function send(
  { method, path, body, contentType }: Pick<DocumentedCall, 'method' | 'path' | 'body' | 'contentType'>,
  headers: Record<string, string>,
) {
  const sent = contentType === 'text/csv' ? { csv: String(body) } : { json: body }
  const answer = await product.request(method, path, { ...sent, headers })
  if (answer.status === 401 || answer.status === 403) refused += 1
  return answer
}

/** What an attack could have changed, as an admin sees it. */
async function state(): Promise<unknown> {
  const paths = ['/integrations', `/integrations/${ids.id}/syncs`, '/roster', '/reviews']
  const answers = await Promise.all(paths.map((path) => product.request('GET', path, { headers: ADMIN })))
  return answers.map(({ text }) => text)
}

function firstId(page: Record<string, unknown>): string {
  return (page['items'] as { id: string }[])[0]?.id ?? ''
}
