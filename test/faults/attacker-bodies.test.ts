import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { documentedCalls, type DocumentedCall } from '../attacker/documented-calls.ts'
import { type Product, startProduct } from '../product/product-bench.ts'
import { recordFigures } from './figures.ts'

let product: Product
let id: string
let calls: DocumentedCall[]
let sent = 0

beforeAll(async () => {
  product = await startProduct({ members: 20 })
  const { body } = await product.connect(product.organization.keys.admin)
  id = String(body['id'])
  expect(await product.ended(id)).toMatchObject({ state: 'succeeded' })
  calls = documentedCalls({ id, userId: 'nobody', syncId: id })
}, 30_000)
afterAll(async () => {
  recordFigures('attacker-bodies', { 'hostile bodies sent': sent })
  await product.close()
})

afterEach(() => {
  const empty: Record<string, unknown> = {}
  expect([empty['polluted'], empty['admin']]).toEqual([undefined, undefined])
})

describe('A body that would reach for the prototype is refused, in every call that takes one, and stores nothing:', () => {
  const pollute = '{"polluted":true,"admin":true}'
  const forms: Readonly<Record<string, (inner: string) => string>> = {
    'the field __proto__': (inner) => `{${inner}"__proto__":${pollute}}`,
    'the field constructor': (inner) => `{${inner}"constructor":{"prototype":${pollute}}}`,
    'an escaped __proto__': (inner) => `{${inner}"\\u005f_proto__":${pollute}}`,
    'a name that is an object': (inner) => `{${inner}"name":{"__proto__":${pollute}}}`,
    'domains that are an object': (inner) => `{${inner}"companyDomains":{"__proto__":${pollute},"length":1}}`,
    'an array with fields': () => `[["__proto__",${pollute}]]`,
  }

  test.each(Object.entries(forms))('%s', async (_, form) => {
    const taking = calls.filter(({ body }) => body !== undefined)
    expect(taking.length).toBeGreaterThanOrEqual(3)
    for (const { operationId, method, path, body } of taking) {
      const inner = `${JSON.stringify(body).slice(1, -1)},`
      const { status } = await raw(method, path, form(inner))
      expect([operationId, status]).toEqual([operationId, 400])
    }
    expect((await product.get('/integrations')).body['items']).toHaveLength(1)
  })
})

describe('What is too much is refused within seconds, in every call, and costs nothing after:', () => {
  const deep = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`
  const bodies: Readonly<Record<string, string>> = {
    'a body of a megabyte': `{"name":"${'x'.repeat(1_000_000)}"}`,
    'a body nested ten thousand deep': deep,
    'ten thousand fields': `{${Array.from({ length: 5_000 }, (_, index) => `"f${index}":1`).join(',')}}`,
    'a number of sixty thousand digits': `{"name":${'9'.repeat(60_000)}}`,
    'a text that backtracking would choke on': JSON.stringify({ companyDomains: [`${'a-'.repeat(25_000)}!`] }),
  }

  test.each(Object.entries(bodies))('%s', async (_, body) => {
    for (const { operationId, method, path, isOpen } of calls.filter((call) => call.method !== 'GET')) {
      const started = performance.now()
      const { status } = await raw(method, path, body)
      expect([operationId, status, isOpen]).toEqual([operationId, 400, false])
      expect(performance.now() - started).toBeLessThan(5_000)
    }
    expect((await product.get(`/integrations/${id}`)).body).toMatchObject({ name: 'Acme' })
  })

  test('thousands of parameters, and one of sixty thousand characters', async () => {
    const many = Array.from({ length: 4_000 }, (_, index) => `p${index}=1`).join('&')
    for (const query of [many, `q=${'x'.repeat(60_000)}`, `${'limit=1&'.repeat(4_000)}limit=1`, 'q=%'.repeat(3_000)]) {
      for (const { operationId, path } of calls.filter(({ method }) => method === 'GET')) {
        const answer = await fetch(`${product.url}/v1${path}?${query}`)
        // What is longer than a server takes at all is refused before it is read.
        expect([operationId, [400, 431].includes(answer.status)]).toEqual([operationId, true])
        await answer.arrayBuffer()
      }
    }
  })
})

test.each(['Acme\r\nset-cookie: a=b', 'Acme\nx', 'Acme\u0085x', 'Acme\u2028x', 'Acme\u0000'])(
  'A name that could break a header is refused: %j',
  async (name) => {
    const { status } = await raw('PATCH', `/integrations/${id}`, JSON.stringify({ name }))
    expect(status).toBe(400)
  },
)

/** Sends a body that is no longer JSON of ours; a server may close the connection on one that is too long. */
async function raw(method: string, path: string, body: string): Promise<{ status: number }> {
  sent += 1
  const response = await fetch(`${product.url}/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body,
  })
  await response.arrayBuffer()
  return { status: response.status }
}
