import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import * as z from 'zod'
import { operations } from '../../shared/contracts/operations.ts'
import { problemSchema } from '../../shared/contracts/problem-contract.ts'
import { KEY, startApiBench, type ApiBench } from './api-bench.ts'

const REQUEST = { provider: 'openai', name: 'Acme', adminApiKey: KEY }

let bench: ApiBench
const stored = () => bench.dependencies.integrations.listIntegrations()

describe('what is refused', () => {
  beforeAll(async () => {
    bench = await startApiBench()
  })
  afterEach(() => {
    bench.organization(KEY).failsWith = null
  })
  afterAll(() => bench.close())

  test.each([
    ['invalid_admin_key', 422],
    ['not_an_admin_key', 422],
    ['insufficient_permissions', 422],
    ['account_deactivated', 422],
    ['provider_unreachable', 503],
    ['provider_rate_limited', 503],
  ] as const)('A key refused as %s answers %i and stores nothing', async (code, status) => {
    bench.organization(KEY).failsWith = code
    const answer = await bench.request('POST', '/integrations', { json: REQUEST })
    expect([answer.status, problemSchema.parse(answer.body).code]).toEqual([status, code])
    expect(await stored()).toEqual([])
    expect(bench.keys.stored.size).toBe(0)
  })

  test.each([
    ['POST', '/integrations', { ...REQUEST, name: ' ' }, 'name'],
    ['POST', '/integrations', { ...REQUEST, adminApiKey: 'short' }, 'adminApiKey'],
    ['POST', '/integrations', { ...REQUEST, schedule: 'never' }, 'schedule'],
    ['POST', '/integrations', { ...REQUEST, keyExpiresAt: '2020-01-01T00:00:00Z' }, 'keyExpiresAt'],
    ['POST', '/integrations', { ...REQUEST, colour: 'red' }, 'colour'],
    ['GET', '/integrations?limit=0', undefined, 'limit'],
    ['GET', '/integrations?limit=1&limit=2', undefined, 'limit'],
    ['GET', '/integrations?colour=red', undefined, 'colour'],
    ['GET', '/integrations?cursor=broken', undefined, 'cursor'],
  ])('%s %s names the field that is wrong', async (method, target, json, field) => {
    const answer = await bench.request(method, target, { json })
    expect(answer.status).toBe(400)
    expect(problemSchema.parse(answer.body).errors?.map((error) => error.field)).toEqual([field])
    expect(await stored()).toEqual([])
  })

  test.each(['/integrations/%00', '/integrations/..', '/integrations/%E0%A4%A', '/integrations/%F0%9F%98%80'])(
    '%s is not found',
    async (path) => {
      expect((await bench.request('GET', path)).status).toBe(404)
    },
  )
})

describe('connecting', () => {
  beforeEach(async () => {
    bench = await startApiBench()
  })
  afterEach(() => bench.close())

  test('Connecting returns the integration with its first sync queued, and it can be read at once', async () => {
    const created = await bench.request('POST', '/integrations', { json: REQUEST })
    expect(created.status).toBe(201)
    const integration = operations.connectIntegration.answer.schema.parse(created.body)
    expect(integration).toMatchObject({
      name: 'Acme',
      keyHint: 'WXYZ',
      lastSync: { state: 'queued', trigger: 'connect' },
    })
    const list = operations.listIntegrations.answer.schema.parse((await bench.request('GET', '/integrations')).body)
    expect(list.items).toEqual([integration])
    const again = await bench.request('POST', `/integrations/${integration.id}/syncs`)
    expect(problemSchema.parse(again.body).code).toBe('sync_in_progress')
  })

  test('A form submitted twice at the same time connects once', async () => {
    const send = () => bench.request('POST', '/integrations', { json: REQUEST })
    const answers = await Promise.all([send(), send()])
    expect(answers.map(({ status }) => status).toSorted((left, right) => left - right)).toEqual([201, 409])
    expect(await stored()).toHaveLength(1)
    expect(bench.keys.stored.size).toBe(1)
  })

  test('The key is in no answer and no log line', async () => {
    const valid = await bench.request('POST', '/integrations', { json: REQUEST })
    const misplaced = await bench.request('POST', '/integrations', { json: { [KEY]: 1 } })
    const broken = await bench.request('POST', '/integrations', { raw: `{"adminApiKey":"${KEY}` })
    expect([valid.status, misplaced.status, broken.status]).toEqual([201, 400, 400])
    for (const text of [valid.text, misplaced.text, broken.text, JSON.stringify(bench.logged)])
      expect(text).not.toContain(KEY)
  })

  test('Before the first successful sync lists are empty and figures zero, as of nothing', async () => {
    const { id } = z
      .object({ id: z.string() })
      .parse((await bench.request('POST', '/integrations', { json: REQUEST })).body)
    const users = await bench.request('GET', `/integrations/${id}/users`)
    expect(operations.listUsers.answer.schema.parse(users.body)).toEqual({
      items: [],
      nextCursor: null,
      total: 0,
      asOf: null,
      sources: [],
    })
    const usage = await bench.request('GET', `/integrations/${id}/usage`)
    expect(operations.getUsage.answer.schema.parse(usage.body)).toMatchObject({
      asOf: null,
      items: [],
      total: { requests: 0 },
    })
  })
})
