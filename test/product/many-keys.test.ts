import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import { secretOf, type SimulatedProject } from '../../local/simulated-openai/project-keys.ts'
import { type Product, startProduct } from './product-bench.ts'

const NOW = new Date('2026-11-24T15:30:00.000Z')
const PROJECTS = 200
const KEYS_EACH = 10
/** Three are Admin keys. Two projects cannot be read. */
const KEYS_READ = (PROJECTS - 2) * KEYS_EACH + 3

let product: Product
let id: string
let stopCounting: () => void
/** The most requests to OpenAI at once. */
const most = { ofKeys: 0, ofAll: 0 }

beforeAll(async () => {
  product = await startProduct({ members: 12, now: () => NOW }, {}, { sleep: async () => {} })
  const { organization } = product
  organization.company.replaceProjects(Array.from({ length: PROJECTS }, (_, index) => projectAt(index)))
  organization.set({ failingProjects: { proj_7: 404, proj_150: 500 } })
  id = String((await product.connect(organization.adminKey)).body['id'])
  await product.ended(id)
  stopCounting = countRequests(organization.baseUrl)
  organization.requests.length = 0
  await product.post(`/integrations/${id}/syncs`)
  await product.ended(id)
})
afterAll(async () => {
  stopCounting()
  await product.close()
})

function projectAt(index: number): SimulatedProject {
  const keys = Array.from({ length: KEYS_EACH }, (_, place) => ({
    id: `key_${index}_${place}`,
    name: `Key ${place} of ${index}`,
    secret: secretOf(`${index} ${place}`),
    owner: { type: 'user', id: `user-${index}`, name: `User ${index}` } as const,
    createdAt: 1_767_225_600,
    lastUsedAt: 1_772_323_200,
    expiresAt: null,
    hasAccess: true,
  }))
  return { id: `proj_${index}`, name: `Project ${index}`, isArchived: false, keys }
}

/** Counts the product's requests that are not answered to their end. */
function countRequests(baseUrl: string): () => void {
  const open = { ofKeys: 0, ofAll: 0 }
  const send = globalThis.fetch
  const spy = jest.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const url = input instanceof Request ? input.url : String(input)
    if (!url.startsWith(baseUrl)) return send(input, init)
    const kinds = url.includes('api_keys') ? (['ofKeys', 'ofAll'] as const) : (['ofAll'] as const)
    for (const kind of kinds) most[kind] = Math.max(most[kind], (open[kind] += 1))
    try {
      const response = await send(input, init)
      return new Response(await response.text(), { status: response.status, headers: response.headers })
    } finally {
      for (const kind of kinds) open[kind] -= 1
    }
  })
  return () => spy.mockRestore()
}

const keysOf = async (query: string) => {
  const { body } = await product.get(`/integrations/${id}/keys${query}`)
  return body as { items: { id: string }[]; total: number; nextCursor: string | null; notRead: unknown[] }
}

test('A sync of 200 projects with 2,000 keys sends one request for each, and repeats only a server error', () => {
  const paths = product.organization.requests.map(({ path }) => path.replace('/v1/organization/', ''))
  const count = (pattern: RegExp) => paths.filter((path) => pattern.test(path)).length
  expect({
    members: count(/^users$/),
    usage: count(/^usage\//),
    costs: count(/^costs$/),
    projects: count(/^projects$/),
    adminKeys: count(/^admin_api_keys$/),
    projectKeys: count(/^projects\/.*\/api_keys$/),
    ofTheRefused: count(/^projects\/proj_7\/api_keys$/),
    ofTheBroken: count(/^projects\/proj_150\/api_keys$/),
    invites: count(/^invites$/),
  }).toEqual({
    members: 1,
    usage: 11 * 2,
    costs: 4 * 2,
    projects: 2,
    adminKeys: 1,
    projectKeys: 198 + 1 + 5,
    ofTheRefused: 1,
    ofTheBroken: 5,
    invites: 1,
  })
  expect(paths).toHaveLength(1 + 22 + 8 + 2 + 1 + 204 + 1)
})

test('It never sends more than six of them at once, and fifteen with those of other optional data sets', () => {
  expect(most.ofKeys).toBe(6)
  expect(most.ofAll).toBeLessThanOrEqual(6 + 2 * 2 + 2 * 2 + 1)
})

test('The API has all keys that were read, and the two projects by name', async () => {
  const first = await keysOf('?limit=1000')
  const second = await keysOf(`?limit=1000&cursor=${encodeURIComponent(first.nextCursor ?? '')}`)
  const ids = [...first.items, ...second.items].map((key) => key.id)
  expect([first.total, ids.length, new Set(ids).size, second.nextCursor]).toEqual([
    KEYS_READ,
    KEYS_READ,
    KEYS_READ,
    null,
  ])
  const notRead = (number: number, code: string) => ({
    project: { id: `proj_${number}`, name: `Project ${number}` },
    code,
    keysAsOf: null,
  })
  expect(first.notRead).toEqual([notRead(7, 'unexpected_reply'), notRead(150, 'provider_unreachable')])
  const { text } = await product.get(`/integrations/${id}/keys?format=csv`)
  const rows: Record<string, string>[] = parse(text, { columns: true })
  expect(rows).toHaveLength(KEYS_READ + 2)
  expect(rows.slice(-2).map((row) => row['projectName'])).toEqual(['Project 7', 'Project 150'])
})

test('The integration and the sync name the two, and the sync says how many keys it read', async () => {
  const { body } = await product.get(`/integrations/${id}`)
  const detail = expect.stringMatching(/^In the data set “keys”, “Project 7” and “Project 150” could not be read/)
  const problem = { code: 'partly_read', detail }
  expect(body).toMatchObject({
    state: 'connected',
    lastSync: {
      state: 'succeeded',
      dataSets: expect.arrayContaining([{ id: 'keys', outcome: 'unchanged', rows: KEYS_READ, problem }]),
    },
    dataSets: expect.arrayContaining([expect.objectContaining({ id: 'keys', state: 'current', problem })]),
  })
})
