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
  calls = documentedCalls({ id, userId: 'nobody', syncId: id, personId: 'nobody', findingId: 'none', reviewId: 'none' })
})
afterAll(async () => {
  recordFigures('attacker-bodies', { 'hostile bodies sent': sent })
  await product.close()
})

afterEach(() => {
  const empty: Record<string, unknown> = {}
  expect([empty['polluted'], empty['admin']]).toEqual([undefined, undefined])
})

describe('A body that targets the prototype is refused by every call with a body, and stores nothing:', () => {
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
    const taking = calls.filter(({ contentType }) => contentType === 'application/json')
    expect(taking.length).toBeGreaterThanOrEqual(3)
    for (const { operationId, method, path, body } of taking) {
      const inner = `${JSON.stringify(body).slice(1, -1)},`
      const { status } = await raw(method, path, form(inner))
      expect([operationId, status]).toEqual([operationId, 400])
    }
    expect((await product.get('/integrations')).body['items']).toHaveLength(1)
  })
})

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'email.__proto__'])(
  'A roster with a column %s is refused, and stores nothing',
  async (column) => {
    sent += 1
    const { status } = await product.request('PUT', '/roster', { csv: `email,${column}\nana@acme.example,polluted` })
    expect([status, (await product.get('/roster')).status]).toEqual([400, 404])
  },
)

test('A roster whose texts are names of the prototype is stored and answered as it is', async () => {
  const csv = ['email,name,manager,department,endsOn', '__proto__@acme.example,__proto__,constructor,toString,', '']
  sent += 1
  expect((await product.request('PUT', '/roster', { csv: csv.join('\r\n') })).status).toBe(200)
  expect((await product.get('/roster')).text).toBe(csv.join('\r\n'))
  expect((await product.request('DELETE', '/roster')).status).toBe(204)
})

test.each(['Acme\r\nset-cookie: a=b', 'Acme\nx', 'Acme\u0085x', 'Acme\u2028x', 'Acme\u0000'])(
  'A name that could inject a header is refused: %j',
  async (name) => {
    const { status } = await raw('PATCH', `/integrations/${id}`, JSON.stringify({ name }))
    expect(status).toBe(400)
  },
)

/** Sends a body as it is. */
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
