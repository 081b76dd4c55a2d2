import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { principalOf, type RoleRules } from '../../functions/api/http/caller.ts'
import { type ClaimPath, type Role, ROLES } from '../../shared/domain/role.ts'
import { createRoutes } from '../../functions/api/routes.ts'
import type { Operation } from '../../shared/contracts/operation.ts'
import { requestExamples } from '../../shared/contracts/examples.ts'
import { operations } from '../../shared/contracts/operations.ts'
import { ADMIN, REVIEWER, VIEWER } from './api-event.ts'
import { eventWithToken } from './token-event.ts'
import { startApiBench, type ApiBench } from './api-bench.ts'

const all = Object.values<Operation>(operations)
const closed = all.filter(({ role }) => role !== 'none')
const needing = (needed: Role) => all.filter(({ role }) => role === needed)
const forAdmins = needing('admin')
const forReviewers = needing('reviewer')
/** The writes that reviewers may make too. */
const REVIEWERS_WRITES = ['acceptFinding', 'reopenFinding', 'createReview', 'deleteReview', 'decide', 'completeReview']
/** What takes a review out of Rollcall is an export in each form. */
const RECORDED_READINGS = ['getReviewEvidence']
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
  test('has exactly the routes that the function serves', () => {
    const served = createRoutes(bench.dependencies).map(({ method, path }) => `${method} ${path}`)
    expect(served.toSorted()).toEqual(all.map(({ method, path }) => `${method} ${path}`).toSorted())
  })

  test.each(all)('$method $path has matching role, schemas and audit rule', (operation) => {
    const isWrite = operation.method !== 'GET'
    expect(['none', ...ROLES]).toContain(operation.role)
    if (operation.role === 'none') expect(['/v1/health', '/v1/openapi.json']).toContain(operation.path)
    const isReviewers = REVIEWERS_WRITES.includes(operation.operationId)
    if (isWrite) expect(operation.role).toBe(isReviewers ? 'reviewer' : 'admin')
    const isRecorded = isWrite !== [...UNRECORDED_WRITES, ...RECORDED_READINGS].includes(operation.operationId)
    expect(operation.audit !== 'none').toBe(isRecorded)
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

test.each([
  ...forAdmins.flatMap((operation) => [VIEWER, REVIEWER].map((claims) => ({ ...operation, claims }))),
  ...forReviewers.map((operation) => ({ ...operation, claims: VIEWER })),
])('$method $path is forbidden to a $claims.role, with any input', async ({ claims, ...operation }) => {
  for (const json of [undefined, { name: 'X' }]) {
    const answer = await bench.request(operation.method, target(operation), { claims, json })
    expect([answer.status, answer.body]).toMatchObject([403, { code: 'forbidden' }])
  }
  expect((await bench.request('GET', `/integrations/${id}`)).body).toMatchObject({ name: 'Acme' })
})

test.each([
  ...needing('viewer').flatMap((operation) => [VIEWER, REVIEWER].map((claims) => ({ ...operation, claims }))),
  ...forReviewers.flatMap((operation) => [REVIEWER, ADMIN].map((claims) => ({ ...operation, claims }))),
])('$method $path is open to a $claims.role', async ({ claims, ...operation }) => {
  const examples: Readonly<Record<string, unknown>> = requestExamples
  const json = examples[operation.operationId]
  const answer = await bench.request(operation.method, target(operation), { claims, json })
  expect([200, 404]).toContain(answer.status)
})

test.each(all.filter(({ role }) => role === 'none'))('$method $path is open to all', async (operation) => {
  expect((await bench.request(operation.method, target(operation), { claims: null })).status).toBe(200)
})

test('GET /me returns the caller and their role', async () => {
  expect((await bench.request('GET', '/me')).body).toEqual({ subject: 'admin-1', name: 'Ada', role: 'admin' })
  const viewer = await bench.request('GET', '/me', { claims: VIEWER })
  expect(viewer.body).toEqual({ subject: 'viewer-1', name: 'Vic', role: 'viewer' })
  expect((await bench.request('GET', '/me', { claims: REVIEWER })).body).toMatchObject({ role: 'reviewer' })
})

describe('a token’s claim', () => {
  const groups: RoleRules = {
    claim: 'cognito:groups',
    viewer: ['Rollcall Viewers'],
    reviewer: ['Rollcall Reviewers'],
    admin: ['rollcall-admin'],
  }
  const scopes: RoleRules = { claim: 'scope', viewer: ['rollcall/read'], reviewer: [], admin: ['rollcall/write'] }
  test.each<[RoleRules, unknown, string | null]>([
    [groups, 'rollcall-admin', 'admin'],
    [groups, ['rollcall-admin', 'other'], 'admin'],
    [groups, ['other', 'rollcall-admin'], 'admin'],
    [groups, ['Rollcall Viewers'], 'viewer'],
    [groups, 'Rollcall Viewers', 'viewer'],
    [groups, ['Rollcall Viewers', 'Rollcall Reviewers'], 'reviewer'],
    [groups, ['Rollcall Reviewers', 'rollcall-admin'], 'admin'],
    [groups, ['rollcall-admin-not'], null],
    [groups, ['not rollcall-admin', 'Rollcall', 'Viewers'], null],
    [groups, [], null],
    [groups, '', null],
    [groups, 'Rollcall', null],
    [groups, 'not rollcall-admin', null],
    [groups, 'x, rollcall-admin', null],
    [groups, [['rollcall-admin'], { 'rollcall-admin': true }, null, 1], null],
    [groups, { 'rollcall-admin': 'rollcall-admin' }, null],
    [scopes, 'openid rollcall/read', 'viewer'],
    [scopes, 'rollcall/read rollcall/write', 'admin'],
    [scopes, ['openid', 'rollcall/write'], 'admin'],
    [scopes, 'rollcall/reader', null],
  ])('of %j with the value %j makes %s', (rules, value, role) => {
    const event = eventWithToken({ sub: 'x', [String(rules.claim)]: value })
    expect(principalOf(event, [rules])).toEqual({ subject: 'x', name: null, email: null, role })
  })

  test.each<[ClaimPath, unknown]>([
    [['realm_access', 'roles'], { realm_access: { roles: ['owner'] } }],
    [
      ['resource_access', 'rollcall.example.com', 'roles'],
      { resource_access: { 'rollcall.example.com': { roles: ['owner'] } } },
    ],
    ['https://rollcall.example.com/roles', { 'https://rollcall.example.com/roles': ['owner'] }],
    ['realm_access.roles', { 'realm_access.roles': ['owner'] }],
    [['roles'], { roles: 'owner' }],
  ])('at %j is found', (claim, claims) => {
    const rules = { claim, viewer: [], reviewer: [], admin: ['owner'] }
    expect(principalOf(eventWithToken({ sub: 'x', ...Object(claims) }), [rules]).role).toBe('admin')
  })

  test.each<[ClaimPath, unknown]>([
    ['realm_access.roles', { realm_access: { roles: ['owner'] } }],
    [['realm_access', 'roles'], { 'realm_access.roles': ['owner'], roles: ['owner'] }],
    [['realm_access', 'roles'], { realm_access: ['owner'] }],
    [['realm_access', 'roles'], { realm_access: null }],
    [['constructor', 'name'], {}],
    [['roles', '0'], { roles: ['owner'] }],
  ])('at %j makes nobody anything when it is elsewhere', (claim, claims) => {
    const rules = { claim, viewer: [], reviewer: [], admin: ['owner', 'Object'] }
    expect(principalOf(eventWithToken({ sub: 'x', ...Object(claims) }), [rules]).role).toBeNull()
  })

  test('with another name grants nothing', () => {
    expect(principalOf(eventWithToken({ ...ADMIN }), [groups]).role).toBeNull()
  })

  test('can match several rules, of which the highest role counts', () => {
    const token = { sub: 'x', scope: 'rollcall/write', 'cognito:groups': ['Rollcall Viewers'] }
    expect(principalOf(eventWithToken(token), [groups, scopes]).role).toBe('admin')
    expect(principalOf(eventWithToken({ ...token, scope: 'openid' }), [scopes, groups]).role).toBe('viewer')
  })

  test.each([
    [{ name: 'Ada', email: 'ada@example.com' }, 'Ada'],
    [{ preferred_username: 'ada@example.com', username: 'ada' }, 'ada@example.com'],
    [{ name: ' ', username: 'ada' }, 'ada'],
    [{ name: ['Ada'] }, null],
  ])('with a name is returned: %j', (claims, name) => {
    expect(principalOf(eventWithToken({ sub: 'x', ...claims }), []).name).toBe(name)
  })
})
