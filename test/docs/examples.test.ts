import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import {
  cellColumns,
  inviteColumns,
  keyColumns,
  labelColumns,
  personColumns,
  userColumns,
  costColumns,
} from '../../shared/contracts/csv-columns.ts'
import { COST_GROUPINGS } from '../../shared/contracts/costs-contract.ts'
import { personColumns as membershipColumns } from '../../shared/contracts/people-columns.ts'
import { reviewColumns } from '../../shared/contracts/review-columns.ts'
import { usage } from '../../shared/data-sets/usage/usage.ts'
import { PROBLEMS } from '../../shared/contracts/problem-contract.ts'
import { type Product, send, startProduct, unavailableBut } from '../product/product-bench.ts'
import { blocksOf, curlsIn, type Curl } from './code-blocks.ts'

const api = readFileSync('docs/api.md', 'utf8')
const readme = readFileSync('README.md', 'utf8')

/** Stands for the items of a review. */
const DOCUMENTED_ITEM = 'Jx0bT1kqW9cV3mYz7LrN2A'

/** The documents name days of this month. */
const NOW = new Date('2026-11-24T12:00:00.000Z')

let product: Product
/** The organization of all examples. The last command of docs/api.md deletes it. */
let id: string
beforeAll(async () => {
  product = await startProduct({ members: 5, now: () => NOW, switches: { kindsRefused: unavailableBut('images') } })
  id = String((await product.connect(product.organization.keys.admin, 'Examples')).body['id'])
  await product.ended(id)
})
afterAll(() => product.close())

/** Deletes what the examples of another document connected, since no organization is twice. */
async function deleteOthers(): Promise<void> {
  const connected = (await product.get('/integrations')).body['items'] as { id: string }[]
  for (const each of connected) if (each.id !== id) await product.request('DELETE', `/integrations/${each.id}`)
}

/** Runs a documented command against the product under test, with what stands for the reader's own put in. */
async function run({ method, url, headers, body }: Curl) {
  const asksFor = (name: string) => url.includes(name) || body?.includes(name) === true
  const review = asksFor('$REVIEW') || asksFor(DOCUMENTED_ITEM) ? await newestReview() : { id: '', itemIds: '' }
  const finding = asksFor('$FINDING') ? await firstFinding() : ''
  const target = new URL(withOwn(url).replaceAll('$FINDING', finding).replaceAll('$REVIEW', review.id))
  const { admin, otherOrganization } = product.organization.keys
  // The first organization is connected already, and no organization is twice.
  const key = method === 'POST' && url.endsWith('/integrations') ? otherOrganization : admin
  if (headers['content-type'] === 'text/csv') {
    return product.request(method, '/roster', { csv: blocksOf(api, 'csv')[0] ?? '' })
  }
  const json: unknown =
    body === undefined
      ? undefined
      : JSON.parse(withOwn(bodyOf(body).replaceAll('sk-admin-…', key)).replaceAll(DOCUMENTED_ITEM, review.itemIds))
  return send(product.url, method, `${target.pathname.replace('/v1', '')}${target.search}`, { json, headers })
}

/** The newest review, if there is one, and the ids of all its items as they stand within a list. */
async function newestReview(): Promise<{ id: string; itemIds: string }> {
  const { body } = await product.get('/reviews?limit=1')
  const [review] = body['items'] as { id: string }[]
  if (review === undefined) return { id: '', itemIds: '' }
  const items = (await product.get(`/reviews/${review.id}/items`)).body['items'] as { id: string }[]
  return { id: review.id, itemIds: items.map((item) => item.id).join('", "') }
}

/** The body of a command; of the file that the README shows beside its command, where it names one. */
function bodyOf(body: string): string {
  return body.startsWith('@') ? (blocksOf(readme, 'json')[0] ?? '') : body
}

/** The id of a finding, open or accepted. */
async function firstFinding(): Promise<string> {
  const { body } = await product.get('/findings?state=any&limit=1')
  const [finding] = body['items'] as { id: string }[]
  if (finding === undefined) throw new Error('Nothing was found.')
  return finding.id
}

function withOwn(text: string): string {
  return text
    .replaceAll('$ROLLCALL', product.url)
    .replaceAll('http://127.0.0.1:3000', product.url)
    .replaceAll('$ID', id)
    .replaceAll('{id}', id)
}

test('Every call in the README is answered', async () => {
  const calls = [...readme.matchAll(/`(GET|POST) (\/v1\/[^`]+)`/g)].map(([, method = '', path = '']) => [method, path])
  expect(calls.length).toBeGreaterThan(4)
  for (const [method = '', path = ''] of calls) {
    const { status } = await product.request(method, withOwn(path.replace('/v1', '')))
    expect([path, status]).toEqual([path, method === 'POST' ? 202 : 200])
  }
  for (const curl of blocksOf(readme, 'sh').flatMap((block) => curlsIn(block))) {
    expect((await run(curl)).status).toBe(expectedStatus(curl))
  }
})

test('Every command of docs/api.md is answered as the document says', async () => {
  const curls = blocksOf(api, 'sh').flatMap((block) => curlsIn(block))
  expect(curls.length).toBeGreaterThan(20)
  await deleteOthers()
  for (const curl of curls) {
    const { status } = await run(curl)
    expect([curl.method, curl.url, status]).toEqual([curl.method, curl.url, expectedStatus(curl)])
    if (curl.method === 'POST' && curl.url.endsWith('/integrations')) await endedAll()
    if (curl.method === 'PATCH') await endedAll()
  }
})

test('The answers in docs/api.md have the shape of real answers', async () => {
  const [me, check] = blocksOf(api, 'json').map((block) => JSON.parse(block) as object)
  expect((await product.get('/me')).body).toEqual(me)
  const adminApiKey = product.organization.keys.admin
  const { body } = await product.post('/key-checks', { provider: 'openai', adminApiKey })
  expect(body).toEqual({ ...check, keyHint: adminApiKey.slice(-4) })
})

describe('docs/api.md lists', () => {
  test('the CSV columns in their order', () => {
    const row = (call: string) => api.split('\n').find((line) => line.startsWith(`| \`${call}`)) ?? ''
    const columnsIn = (call: string) =>
      [
        ...row(call)
          .split('|')[2]!
          .matchAll(/`(\w+)`/g),
      ].map(([, name]) => name)
    expect(columnsIn('/users')).toEqual(Object.keys(userColumns))
    expect(columnsIn('/keys')).toEqual(Object.keys(keyColumns))
    for (const groupBy of COST_GROUPINGS) {
      expect(columnsIn(`/costs?groupBy=${groupBy}`)).toEqual(Object.keys(costColumns[groupBy]))
    }
    expect(columnsIn('/users/{userId}/costs')).toEqual(Object.keys(costColumns.userDay))
    expect(columnsIn('/people')).toEqual(Object.keys(membershipColumns))
    expect(columnsIn('/reviews/{id}/evidence` of members')).toEqual(Object.keys(reviewColumns.member))
    expect(columnsIn('/reviews/{id}/evidence` of keys')).toEqual(Object.keys(reviewColumns.key))
    expect(columnsIn('/invites')).toEqual(Object.keys(inviteColumns))
    expect(columnsIn('/usage?groupBy=day')).toEqual(Object.keys(cellColumns(usage)))
    expect(columnsIn('/usage?groupBy=model')).toEqual(Object.keys(labelColumns(usage, 'model')))
    expect(columnsIn('/usage?groupBy=user')).toEqual(Object.keys(personColumns(usage)))
  })

  test('every problem’s code with its status', () => {
    for (const [code, { status }] of Object.entries(PROBLEMS)) {
      const line = api.split('\n').find((each) => each.startsWith(`| ${status} `))
      expect(line).toContain(`\`${code}\``)
    }
  })
})

function expectedStatus({ method, url }: Curl): number {
  if (method === 'DELETE') return 204
  if (method !== 'POST') return 200
  if (url.endsWith('/syncs')) return 202
  return /\/(integrations|reviews)$/.test(url) ? 201 : 200
}

/** Waits for every integration's newest sync. */
async function endedAll(): Promise<void> {
  const { body } = await product.get('/integrations')
  for (const each of body['items'] as { id: string }[]) await product.ended(each.id)
}
