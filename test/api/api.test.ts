import { afterEach, beforeEach, expect, test } from '@jest/globals'
import * as z from 'zod'
import { createApiHandler, type ApiHandler } from '../../functions/api/handler-factory.ts'
import { operations } from '../../shared/contracts/operations.ts'
import { problemSchema } from '../../shared/contracts/problem-contract.ts'
import type { ProviderProblemCode } from '../../shared/domain/problem.ts'
import { IntegrationRepository } from '../../shared/storage/integrations.ts'
import { NameRepository } from '../../shared/storage/names.ts'
import { SnapshotRepository } from '../../shared/storage/snapshots.ts'
import { SyncRepository } from '../../shared/storage/syncs.ts'
import { startLocalTable } from '../storage/local-table.ts'
import { call } from './call.ts'

const KEY = 'sk-admin-0123456789abcdefWXYZ'
const REQUEST = { provider: 'openai', name: 'Acme', adminApiKey: KEY }

let local: Awaited<ReturnType<typeof startLocalTable>>
let handler: ApiHandler
let refusal: ProviderProblemCode | null
let keys: Map<string, string>
let logged: unknown[]
let integrations: IntegrationRepository

beforeEach(async () => {
  local = await startLocalTable()
  integrations = new IntegrationRepository(local.table)
  refusal = null
  keys = new Map()
  logged = []
  let lastId = 0
  handler = createApiHandler({
    integrations,
    names: new NameRepository(local.table),
    syncs: new SyncRepository(local.table),
    snapshots: new SnapshotRepository(local.table),
    keys: {
      putKey: async (id, _, key) => void keys.set(id, key.reveal()),
      destroyKey: async (id) => void keys.delete(id),
    },
    queue: { send: async (message) => void logged.push(message) },
    openOrganization: () => ({
      readDirectory: () => Promise.reject(new Error('not read here')),
      readUsage: () => Promise.reject(new Error('not read here')),
      checkKey: async () => ({
        valid: refusal === null,
        keyExpiresAt: null,
        checks: [{ dataset: 'directory', ok: refusal === null, code: refusal, detail: null }],
      }),
    }),
    isSimulatedKey: () => false,
    schedules: [{ name: 'every-6-hours', expression: 'rate(6 hours)', timeZone: 'UTC', default: true }],
    now: () => new Date('2026-11-24T12:00:00.000Z'),
    newId: () => `01K00000000000000000${String((lastId += 1)).padStart(6, '0')}`,
    logger: {
      info: (message, fields) => void logged.push(message, fields),
      warn: (message, fields) => void logged.push(message, fields),
      error: (message, error, fields) => void logged.push(message, String(error), fields),
    },
    version: '1.2.3',
  })
})
afterEach(() => local.close())

test('Connecting answers the integration and reads it back at once, with its first sync queued', async () => {
  const created = await call(handler, 'POST', '/v1/integrations', { json: REQUEST })
  expect(created.status).toBe(201)
  const integration = operations.connectIntegration.answer.schema.parse(created.body)
  expect(integration).toMatchObject({
    name: 'Acme',
    keyHint: 'WXYZ',
    lastSync: { state: 'queued', trigger: 'connect' },
  })
  const list = operations.listIntegrations.answer.schema.parse((await call(handler, 'GET', '/v1/integrations')).body)
  expect(list.items).toEqual([integration])
  const again = await call(handler, 'POST', `/v1/integrations/${integration.id}/syncs`)
  expect(problemSchema.parse(again.body).code).toBe('sync_in_progress')
})

test('A form sent twice at once connects once', async () => {
  const send = () => call(handler, 'POST', '/v1/integrations', { json: REQUEST })
  const answers = await Promise.all([send(), send()])
  expect(answers.map(({ status }) => status).toSorted((left, right) => left - right)).toEqual([201, 409])
  expect(await integrations.listIntegrations()).toHaveLength(1)
  expect(keys.size).toBe(1)
})

test.each([
  ['invalid_admin_key', 422],
  ['not_an_admin_key', 422],
  ['insufficient_permissions', 422],
  ['account_deactivated', 422],
  ['provider_unreachable', 503],
  ['provider_rate_limited', 503],
] as const)('A key refused as %s answers %i and stores nothing', async (code, status) => {
  refusal = code
  const answer = await call(handler, 'POST', '/v1/integrations', { json: REQUEST })
  expect([answer.status, problemSchema.parse(answer.body).code]).toEqual([status, code])
  expect(await integrations.listIntegrations()).toEqual([])
  expect(keys.size).toBe(0)
})

test.each([
  ['POST', '/v1/integrations', { ...REQUEST, name: ' ' }, 'name'],
  ['POST', '/v1/integrations', { ...REQUEST, adminApiKey: 'short' }, 'adminApiKey'],
  ['POST', '/v1/integrations', { ...REQUEST, schedule: 'never' }, 'schedule'],
  ['POST', '/v1/integrations', { ...REQUEST, keyExpiresAt: '2020-01-01T00:00:00Z' }, 'keyExpiresAt'],
  ['POST', '/v1/integrations', { ...REQUEST, colour: 'red' }, 'colour'],
  ['GET', '/v1/integrations?limit=0', undefined, 'limit'],
  ['GET', '/v1/integrations?limit=1&limit=2', undefined, 'limit'],
  ['GET', '/v1/integrations?colour=red', undefined, 'colour'],
  ['GET', '/v1/integrations?cursor=broken', undefined, 'cursor'],
])('%s %s names the field that is wrong', async (method, target, json, field) => {
  const answer = await call(handler, method, target, { json })
  expect(answer.status).toBe(400)
  expect(problemSchema.parse(answer.body).errors?.map((error) => error.field)).toEqual([field])
  expect(await integrations.listIntegrations()).toEqual([])
})

test('The key is in no answer and no log line', async () => {
  const valid = await call(handler, 'POST', '/v1/integrations', { json: REQUEST })
  const misplaced = await call(handler, 'POST', '/v1/integrations', { json: { [KEY]: 1 } })
  const broken = await call(handler, 'POST', '/v1/integrations', { raw: `{"adminApiKey":"${KEY}` })
  expect([valid.status, misplaced.status, broken.status]).toEqual([201, 400, 400])
  for (const text of [valid.text, misplaced.text, broken.text, JSON.stringify(logged)]) expect(text).not.toContain(KEY)
})

test.each([
  '/v1/integrations/%00',
  '/v1/integrations/..',
  '/v1/integrations/%E0%A4%A',
  '/v1/integrations/%F0%9F%98%80',
])('%s is not found', async (path) => {
  expect((await call(handler, 'GET', path)).status).toBe(404)
})

test('Before the first successful sync lists are empty and figures zero, as of nothing', async () => {
  const { id } = z
    .object({ id: z.string() })
    .parse((await call(handler, 'POST', '/v1/integrations', { json: REQUEST })).body)
  const users = await call(handler, 'GET', `/v1/integrations/${id}/users`)
  expect(operations.listUsers.answer.schema.parse(users.body)).toEqual({ items: [], nextCursor: null, asOf: null })
  const usage = await call(handler, 'GET', `/v1/integrations/${id}/usage`)
  expect(operations.getUsage.answer.schema.parse(usage.body)).toMatchObject({
    asOf: null,
    items: [],
    total: { requests: 0 },
  })
})
