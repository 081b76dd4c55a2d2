import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { visitorOf, type RoleRules } from '../../functions/api/caller.ts'
import { createRoutes } from '../../functions/api/routes.ts'
import type { Operation } from '../../shared/contracts/operation.ts'
import { operations } from '../../shared/contracts/operations.ts'
import { ADMIN, VIEWER } from './api-event.ts'
import { startApiBench, type ApiBench } from './api-bench.ts'

const all = Object.values<Operation>(operations)
const closed = all.filter(({ role }) => role !== 'none')
const forAdmins = all.filter(({ role }) => role === 'admin')
/** A key check stores nothing, and so changes nothing. */
const UNRECORDED_WRITES = ['checkKey']

let bench: ApiBench
let id: string
beforeAll(async () => {
  bench = await startApiBench()
  id = await bench.connected()
})
afterAll(() => bench.close())

function target({ path }: Operation): string {
  return path.replace('/v1', '').replace('{id}', id).replace('{userId}', 'ana').replace('{syncId}', id)
}

describe('the table of operations', () => {
  test('has every route that the function serves, and the function serves every one of them', () => {
    const served = createRoutes(bench.dependencies).map(({ method, path }) => `${method} ${path}`)
    expect(served.toSorted()).toEqual(all.map(({ method, path }) => `${method} ${path}`).toSorted())
  })

  test.each(all)('$method $path has a role, schemas and an audit rule that fit it', (operation) => {
    const isWrite = operation.method !== 'GET'
    expect(['none', 'viewer', 'admin']).toContain(operation.role)
    if (operation.role === 'none') expect(['/v1/health', '/v1/openapi.json']).toContain(operation.path)
    if (isWrite) expect(operation.role).toBe('admin')
    expect(operation.audit === 'none').toBe(!isWrite || UNRECORDED_WRITES.includes(operation.operationId))
    expect(operation.answer.schema).toBeDefined()
    for (const schema of [operation.params, operation.query]) {
      expect(schema.safeParse({ anything: 'else' }).success).toBe(false)
    }
    expect(operation.problems).toContain('validation_failed')
  })
})

describe.each([
  ['no token', null],
  ['a token without a role', { sub: 'nobody-1' }],
  ['a role that is unknown', { sub: 'nobody-1', role: 'owner' }],
])('with %s', (_, claims) => {
  test.each(closed)('$method $path is forbidden', async (operation) => {
    const answer = await bench.request(operation.method, target(operation), { claims })
    expect([answer.status, answer.body]).toMatchObject([403, { code: 'forbidden' }])
  })
})

test.each(forAdmins)('$method $path is forbidden to a viewer, whatever is sent', async (operation) => {
  for (const json of [undefined, { name: 'X' }]) {
    const answer = await bench.request(operation.method, target(operation), { claims: VIEWER, json })
    expect([answer.status, answer.body]).toMatchObject([403, { code: 'forbidden' }])
  }
  expect((await bench.request('GET', `/integrations/${id}`)).body).toMatchObject({ name: 'Acme' })
})

test.each(closed.filter(({ role }) => role === 'viewer'))('$method $path is open to a viewer', async (operation) => {
  const answer = await bench.request(operation.method, target(operation), { claims: VIEWER })
  expect([200, 404]).toContain(answer.status)
})

test.each(all.filter(({ role }) => role === 'none'))('$method $path is open to all', async (operation) => {
  expect((await bench.request(operation.method, target(operation), { claims: null })).status).toBe(200)
})

test('GET /me says who calls and with what role', async () => {
  expect((await bench.request('GET', '/me')).body).toEqual({ subject: 'admin-1', name: 'Ada', role: 'admin' })
  const viewer = await bench.request('GET', '/me', { claims: VIEWER })
  expect(viewer.body).toEqual({ subject: 'viewer-1', name: 'Vic', role: 'viewer' })
})

describe('a token’s claim', () => {
  const groups: RoleRules = { claim: 'cognito:groups', viewer: ['Rollcall Viewers'], admin: ['rollcall-admin'] }
  const scopes: RoleRules = { claim: 'scope', viewer: ['rollcall/read'], admin: ['rollcall/write'] }
  test.each([
    [groups, 'rollcall-admin', 'admin'],
    [groups, '[rollcall-admin other]', 'admin'],
    [groups, '[other rollcall-admin]', 'admin'],
    [groups, '[Rollcall Viewers]', 'viewer'],
    [groups, 'Rollcall Viewers', 'viewer'],
    [groups, '[rollcall-admin-not]', null],
    [groups, '', null],
    [groups, 'Rollcall', null],
    [groups, 'not rollcall-admin', null],
    [groups, 'x, rollcall-admin', null],
    [scopes, 'openid rollcall/read', 'viewer'],
    [scopes, 'rollcall/read rollcall/write', 'admin'],
    [scopes, 'rollcall/reader', null],
  ])('of %j with the value “%s” makes %s', (rules, value, role) => {
    const event = eventWith({ sub: 'x', [rules.claim]: value })
    expect(visitorOf(event, [rules])).toEqual({ subject: 'x', name: null, role })
  })

  test('of another name makes nobody anything', () => {
    expect(visitorOf(eventWith({ ...ADMIN }), [groups]).role).toBeNull()
  })

  test('or another’s: of several rules the one that grants most counts', () => {
    const token = { sub: 'x', scope: 'rollcall/write', 'cognito:groups': '[Rollcall Viewers]' }
    expect(visitorOf(eventWith(token), [groups, scopes]).role).toBe('admin')
    expect(visitorOf(eventWith({ ...token, scope: 'openid' }), [scopes, groups]).role).toBe('viewer')
  })

  function eventWith(claims: Record<string, string>): Parameters<typeof visitorOf>[0] {
    const jwt = { claims, scopes: [] }
    const http = { method: 'GET', path: '/', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: '' }
    const authorizer = { principalId: '', integrationLatency: 0, jwt }
    const requestContext = {
      accountId: '',
      apiId: '',
      authorizer,
      domainName: '',
      domainPrefix: '',
      http,
      requestId: '',
      routeKey: '',
      stage: '',
      time: '',
      timeEpoch: 0,
    }
    const event = {
      version: '2.0',
      routeKey: '',
      rawPath: '/',
      rawQueryString: '',
      headers: {},
      isBase64Encoded: false,
    }
    return { ...event, requestContext }
  }
})
