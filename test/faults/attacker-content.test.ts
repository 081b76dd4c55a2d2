import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import { OPTIONAL_DATA_SETS } from '../../shared/providers/find-provider.ts'
import { secretOf } from '../../local/simulated-openai/project-keys.ts'
import { type Product, startProduct } from '../product/product-bench.ts'
import { recordFigures } from './figures.ts'

/** Names that an object in JavaScript has already. */
const INHERITED = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__']
/** What somebody could put into a directory to run or break elsewhere. */
const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  '=cmd|"/c calc"!A1',
  '+1+1',
  '-1+1',
  '@SUM(A1)',
  '\t=1+1',
  "'=1+1",
  'a\r\nset-cookie: x=y',
  'a";filename="evil.html',
  '${7*7}{{7*7}}',
  '../../etc/passwd',
  '\u202egpj.exe',
]
/** A day that is over for the product, so that nothing more comes in. */
const DAY = '2026-11-27'
const NUMBERS = { requests: 3, inputTokens: 30, cachedInputTokens: 3, outputTokens: 300 }
const KEY = { createdAt: 1_767_225_600, lastUsedAt: null, expiresAt: null, hasAccess: true } as const
const SAFE = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' }

let product: Product
let id: string

beforeAll(async () => {
  product = await startProduct({ members: 30, seed: 'content' }, { optionalDataSets: OPTIONAL_DATA_SETS })
  const { company, keys } = product.organization
  for (const [index, text] of HOSTILE.entries()) {
    company.add({
      id: `hostile-${index}`,
      name: text,
      email: `${text}@acme.example`,
      role: 'reader',
      projects: { data: [{ id: text, name: text, role: text }] },
    })
  }
  for (const [index, name] of INHERITED.entries()) {
    // Own fields of these names, as JSON can have them.
    const fields = JSON.parse(`{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}`) as object
    company.add({ ...fields, id: name, name, email: `${index}@acme.example`, role: name })
    company.addUsage({ day: DAY, userId: name, model: name, ...NUMBERS })
  }
  for (const text of HOSTILE) company.addUsage({ day: DAY, userId: text, model: text, ...NUMBERS })
  const at = Date.parse(DAY) / 1000
  company.auditLog.replaceAll([...HOSTILE, ...INHERITED].map((text) => ({ id: `entry ${text}`, userId: text, at })))
  company.replaceProjects(
    [...HOSTILE, ...INHERITED].map((text) => ({
      id: text,
      name: text,
      isArchived: false,
      keys: [{ ...KEY, id: text, name: text, secret: secretOf(text), owner: { type: 'user', id: text, name: text } }],
    })),
  )
  const reply = await fetch(`${product.organization.baseUrl}/organization/users?limit=100`, {
    headers: { authorization: `Bearer ${keys.admin}` },
  })
  expect(await reply.text()).toContain('"__proto__":{"polluted":true}')
  const { body } = await product.connect(keys.admin)
  id = String(body['id'])
  expect(await product.ended(id)).toMatchObject({ state: 'succeeded' })
})
afterAll(async () => {
  recordFigures('attacker-content', { 'hostile names listed': HOSTILE.length + INHERITED.length })
  await product.close()
})

afterEach(() => {
  const empty: Record<string, unknown> = {}
  expect([empty['polluted'], empty['admin']]).toEqual([undefined, undefined])
  expect(Object.keys(Object.prototype)).toEqual([])
})

interface Row {
  readonly model?: string
  readonly userId?: string | null
  readonly requests: number
}

describe('Names of object properties are ordinary names:', () => {
  test('models, by model, by day and by user; the items add up to the total', async () => {
    const { body } = await product.get(`/integrations/${id}/usage?groupBy=model&from=${DAY}&to=${DAY}`)
    const items = body['items'] as Row[]
    for (const model of [...INHERITED, ...HOSTILE.map((text) => text.trim())]) {
      expect(items.find((item) => item.model?.trim() === model)).toMatchObject(NUMBERS)
    }
    expect(items.reduce((sum, { requests }) => sum + requests, 0)).toBe((body['total'] as Row).requests)
    const byDay = await product.get(`/integrations/${id}/usage?groupBy=day&from=${DAY}&to=${DAY}`)
    const [day] = byDay.body['items'] as { models: Row[] }[]
    expect(day?.models.map(({ model }) => model)).toEqual(expect.arrayContaining(INHERITED))
    const byUser = await product.get(`/integrations/${id}/usage?groupBy=user&from=${DAY}&to=${DAY}`)
    const users = (byUser.body['items'] as Row[]).map(({ userId }) => userId)
    expect(users).toEqual(expect.arrayContaining(INHERITED))
  })

  test.each(INHERITED)('a user, their usage and their role: %s', async (name) => {
    const path = `/integrations/${id}/users/${encodeURIComponent(name)}`
    expect((await product.get(path)).body).toMatchObject({
      id: name,
      name,
      role: name,
      requests: NUMBERS.requests,
      lastLoginOn: DAY,
    })
    const { body } = await product.get(`${path}/usage`)
    expect(body['items']).toEqual([{ day: DAY, ...NUMBERS, models: [{ model: name, ...NUMBERS }], otherKinds: [] }])
    const filtered = await product.get(`/integrations/${id}/users?role=${name}`)
    expect((filtered.body['items'] as { id: string }[]).map((user) => user.id)).toEqual([name])
    const { body: figures } = await product.get(`/integrations/${id}/licenses`)
    expect(figures['roles']).toContainEqual({ role: name, people: 1 })
  })

  test('keys, their projects and owners', async () => {
    const { body } = await product.get(`/integrations/${id}/keys?kind=project&limit=1000`)
    expect(body['notRead']).toEqual([])
    for (const name of INHERITED) {
      const owner = { id: name, name, status: 'active' }
      expect(body['items']).toContainEqual(
        expect.objectContaining({ id: name, project: { id: name, name }, owner: expect.objectContaining(owner) }),
      )
    }
  })

  test('and a second sync finds no change in any of them', async () => {
    await product.post(`/integrations/${id}/syncs`)
    const ended = await product.ended(id)
    expect(ended).toMatchObject({ state: 'succeeded', written: { users: 0 } })
  })
})

describe('Any content of OpenAI’s directory', () => {
  test('is returned as JSON that no browser renders as a page', async () => {
    const answer = await product.get(`/integrations/${id}/users?limit=1000`)
    const names = (answer.body['items'] as { name: string }[]).map(({ name }) => name)
    expect(names).toEqual(
      expect.arrayContaining(HOSTILE.map((text) => text.replace('\u202e', '').replace('\r\n', ' ').trim())),
    )
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      ...SAFE,
      'content-type': 'application/json; charset=utf-8',
    })
  })

  test.each(['users', 'usage?groupBy=model', 'usage?groupBy=user', 'users/__proto__/usage', 'keys', 'invites'])(
    'is returned as CSV without formulas, with Rollcall’s file name: %s',
    async (target) => {
      const answer = await product.get(`/integrations/${id}/${target}${target.includes('?') ? '&' : '?'}format=csv`)
      expect(Object.fromEntries(answer.headers)).toMatchObject({ ...SAFE, 'content-type': 'text/csv; charset=utf-8' })
      expect(answer.headers.get('content-disposition')).toMatch(
        /^attachment; filename="rollcall-[a-z-]+-[0-9A-Z]{26}\.csv"$/,
      )
      const rows: string[][] = parse(answer.text)
      expect(rows.length).toBeGreaterThan(1)
      const runnable = rows.flat().filter((cell) => /^[\s\p{C}]*[=+@\-＝＋－＠]/u.test(cell) && !/^-?\d+$/.test(cell))
      expect(runnable).toEqual([])
    },
  )
})
