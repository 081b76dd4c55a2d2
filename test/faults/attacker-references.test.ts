import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { operations } from '../../shared/contracts/operations.ts'
import { type ApiBench, KEY, OTHER_KEY, startApiBench } from '../api/api-bench.ts'
import { documentedCalls } from '../attacker/documented-calls.ts'
import { listed } from '../sync/sync-bench.ts'
import { recordFigures } from './figures.ts'
import { randomFrom, startSeed } from '../histories/seed.ts'

const SEED = startSeed('attacker-references')
const CHANGED_CURSORS = 3_000
const ONLY_AT_A = 'only-at-a'

let bench: ApiBench
let a: string
let b: string
let syncOfA: string
/** Of all members of A. */
let review: string
let tried = 0

beforeAll(async () => {
  bench = await startApiBench()
  bench.organization(KEY).people = [...bench.organization(KEY).people, listed(ONLY_AT_A)]
  a = await bench.connected({ name: 'A', adminApiKey: KEY })
  b = await bench.connected({ name: 'B', adminApiKey: OTHER_KEY })
  await bench.scheduledSync(a)
  await bench.scheduledSync(b)
  syncOfA = (await page(`/integrations/${a}/syncs`)).items[0]?.id ?? ''
  const json = { name: 'All', population: 'everyone', integrationIds: [a], acceptIncomplete: true }
  expect((await bench.request('POST', '/reviews', { json })).status).toBe(201)
  review = (await page('/reviews')).items[0]?.id ?? ''
})
afterAll(async () => {
  recordFigures('attacker-references', { 'references tried': tried })
  await bench.close()
})

/** What belongs to A, requested at an integration. */
function idsAt(id: string) {
  return { id, userId: ONLY_AT_A, syncId: syncOfA, personId: 'nobody', findingId: 'none', reviewId: review }
}

interface Page {
  readonly items: { id: string }[]
  readonly nextCursor: string | null
}

async function page(target: string): Promise<Page> {
  return (await bench.request('GET', target)).body as Page
}

async function statusOf(method: string, target: string, json?: unknown): Promise<number> {
  tried += 1
  return (await bench.request(method, target, { json })).status
}

test('Data of one integration cannot be requested through another, in any call that names both', async () => {
  const own = documentedCalls(idsAt(a))
  const foreign = documentedCalls(idsAt(b))
  const withTwo = foreign
    .map((call, index) => ({ call, own: own[index] }))
    .filter(({ call }) => /\/(users|syncs)\/[^/]/.test(call.path))
  expect(withTwo.map(({ call }) => call.operationId)).toEqual(
    expect.arrayContaining(['getSync', 'getUser', 'getUserUsage']),
  )
  for (const { call, own } of withTwo) {
    expect([call.operationId, await statusOf(call.method, own?.path ?? '')]).toEqual([call.operationId, 200])
    expect([call.operationId, await statusOf(call.method, call.path, call.body)]).toEqual([call.operationId, 404])
  }
})

describe('A cursor', () => {
  /** Every list that takes one, of A and of B; those of the deployment are the same for both. */
  const listsOf = (id: string) =>
    Object.values(operations)
      .filter(({ query }) => 'cursor' in query.shape && 'limit' in query.shape)
      .map(({ operationId, path }) => ({
        operationId,
        target: path.replace('/v1', '').replace('{id}', id).replace('{userId}', 'ana').replace('{reviewId}', review),
      }))

  test('is only valid for its own list, not for another integration, list or query', async () => {
    const lists = [...listsOf(a), ...listsOf(b)]
    let cursors = 0
    for (const { operationId, target } of listsOf(a)) {
      const { nextCursor } = await page(`${target}?limit=1`)
      if (nextCursor === null) continue
      cursors += 1
      expect([operationId, await statusOf('GET', `${target}?limit=1&cursor=${nextCursor}`)]).toEqual([operationId, 200])
      for (const other of lists.filter((each) => each.target !== target)) {
        const status = await statusOf('GET', `${other.target}?limit=1&cursor=${nextCursor}`)
        expect([operationId, other.target, status]).toEqual([operationId, other.target, 400])
      }
    }
    expect(cursors).toBeGreaterThanOrEqual(3)
    const { nextCursor } = await page(`/integrations/${a}/users?limit=1`)
    for (const query of ['sort=-name', 'sort=email', 'q=a', 'kind=any', 'accountStatus=any', 'seat=guest']) {
      expect([query, await statusOf('GET', `/integrations/${a}/users?limit=1&${query}&cursor=${nextCursor}`)]).toEqual([
        query,
        400,
      ])
    }
  })

  test('that is truncated, changed or invented is refused, or continues its own list', async () => {
    const target = `/integrations/${a}/users?limit=1`
    const cursor = (await page(target)).nextCursor ?? ''
    const random = randomFrom(SEED)
    for (let length = 1; length < cursor.length; length += 1) {
      expect(await statusOf('GET', `${target}&cursor=${cursor.slice(0, length)}`)).toBe(400)
    }
    const own = new Set((await page(`/integrations/${a}/users?limit=1000`)).items.map(({ id }) => id))
    for (let change = 0; change < CHANGED_CURSORS; change += 1) {
      const at = Math.floor(random() * cursor.length)
      const letter =
        'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/'[Math.floor(random() * 67)] ?? ''
      const changed = cursor.slice(0, at) + letter + cursor.slice(at + 1)
      tried += 1
      const { status, body } = await bench.request('GET', `${target}&cursor=${encodeURIComponent(changed)}`)
      expect([changed, [200, 400].includes(status)]).toEqual([changed, true])
      if (status === 200) expect((body as Page).items.every(({ id }) => own.has(id))).toBe(true)
    }
  })

  test.each([
    null,
    [],
    'text',
    { value: {}, id: 'x' },
    { value: 'x' },
    { value: 'x', id: 7 },
    { value: 'x', id: 'x', more: 1 },
    { value: [], id: [] },
    JSON.parse('{"value":"x","id":"x","__proto__":{"admin":true}}') as unknown,
    { $gt: '' },
  ])('with the position %j, made up by who knows the form, is refused', async (position) => {
    const target = `/integrations/${a}/users?limit=1`
    const envelope = JSON.parse(Buffer.from((await page(target)).nextCursor ?? '', 'base64url').toString()) as object
    const forged = Buffer.from(JSON.stringify({ ...envelope, position })).toString('base64url')
    expect(await statusOf('GET', `${target}&cursor=${forged}`)).toBe(400)
  })
})

describe('An invalid id is not found, in every documented call:', () => {
  const odd = () => [
    '..',
    '.',
    '../' + a,
    '..%2f' + a,
    '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
    '..%5c..%5c',
    '%c0%ae%c0%ae%c0%af',
    '%252e%252e',
    '%00',
    `${a}%00`,
    `${a}%20`,
    `%20${a}`,
    `${a}%0d%0aset-cookie:%20a=b`,
    `${a}%23`,
    `INTEGRATION%23${a}`,
    'INTEGRATIONS',
    a.toLowerCase(),
    a.slice(0, -1),
    `${a}0`,
    '__proto__',
    'constructor',
    'toString',
    '*',
    '%25',
    '%ff%fe',
    '%F0%9F%A6%8A',
    "'%20OR%201=1--",
    '%7B%22$ne%22:null%7D',
    '${jndi:ldap://127.0.0.1/a}',
    '9'.repeat(6_000),
  ]

  test.each(['id', 'userId', 'syncId', 'personId'] as const)('%s', async (name) => {
    const good = idsAt(a)
    const marked = documentedCalls({ ...good, [name]: 'ODD' }).filter(({ path }) => path.split('/').includes('ODD'))
    expect(marked.length).toBeGreaterThan(0)
    const before = await bench.request('GET', '/integrations')
    for (const { operationId, method, path, body } of marked) {
      for (const value of odd()) {
        const status = await statusOf(method, path.replace('ODD', value), body)
        // A slash makes it another path, which there is none of either.
        const found = { operationId, value: value.slice(0, 60), leadsNowhere: [404, 405].includes(status) }
        expect(found).toEqual({ ...found, leadsNowhere: true })
      }
    }
    expect((await bench.request('GET', '/integrations')).body).toEqual(before.body)
    expect(bench.keys.destroyed).toEqual([])
  })
})
