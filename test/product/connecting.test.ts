import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type Product, startProduct } from './product-bench.ts'

let product: Product
beforeEach(async () => {
  product = await startProduct({ members: 250 })
})
afterEach(() => product.close())

async function connected(): Promise<string> {
  const { body } = await product.connect(product.organization.keys.admin)
  const id = String(body['id'])
  await product.ended(id)
  return id
}

test('A sync asks for ceil(members/100) pages of members and two of usage, and a second writes nothing', async () => {
  const id = await connected()
  const listed = product.organization.company.usersAt(new Date()).length
  product.organization.requests.length = 0
  expect((await product.post(`/integrations/${id}/syncs`)).status).toBe(202)
  expect(await product.ended(id)).toMatchObject({ state: 'succeeded', written: { users: 0, usageRows: 0 } })
  const asked = (part: string) => product.organization.requests.filter((request) => request.includes(part)).length
  expect(asked('/organization/users')).toBe(Math.ceil(listed / 100))
  expect(asked('/usage/completions')).toBe(2)
})

test('A member removed at OpenAI stays in every answer until a sync that succeeds no longer finds them', async () => {
  const id = await connected()
  const { body } = await product.get(`/integrations/${id}/users?limit=1&sort=-requests`)
  const [first] = body['items'] as { id: string }[]
  const path = `/integrations/${id}/users/${first?.id}`
  product.organization.company.remove(String(first?.id))
  product.organization.set({ serverErrorEveryNth: 1 })
  const failing = product.post(`/integrations/${id}/syncs`)
  expect((await failing).status).toBe(202)
  expect((await product.get(path)).body).toMatchObject({ accountStatus: 'active' })
  product.organization.set({ serverErrorEveryNth: null })
  expect(await product.ended(id)).toMatchObject({ state: 'succeeded', removedUsers: 1 })
  expect((await product.get(path)).body).toMatchObject({ accountStatus: 'removed', seat: null, license: null })
})

const refusals = [
  ['revoked', 'invalid_admin_key', 'Admin keys'],
  ['project', 'not_an_admin_key', 'Organization Owner'],
  ['withoutUsage', 'insufficient_permissions', 'api.usage.read'],
  ['withoutDirectory', 'insufficient_permissions', 'api.management.read'],
  ['deactivated', 'account_deactivated', 'Contact OpenAI'],
] as const

test.each(refusals)(
  'A key that is %s is refused as %s with its advice, also with 401 and bare errors, and leaves nothing',
  async (kind, code, advice) => {
    const key = product.organization.keys[kind]
    for (const switches of [
      { permissionStatus: 401 as const },
      { permissionStatus: 403 as const, bareStringErrors: kind === 'project' },
    ]) {
      product.organization.set(switches)
      const { status, body } = await product.connect(key)
      expect({ status, code: body['code'] }).toEqual({ status: 422, code })
      expect(body['detail']).toContain(advice)
    }
    expect((await product.get('/integrations')).body['items']).toEqual([])
    expect(product.storedText()).not.toContain('Acme')
  },
)

test('An unreachable OpenAI is 503 and not the key’s fault', async () => {
  product.organization.set({ rateLimit: { everyNth: 1, retryAfterSeconds: 3600 } })
  const { status, body } = await product.connect(product.organization.keys.admin)
  expect({ status, code: body['code'] }).toEqual({ status: 503, code: 'provider_rate_limited' })
  expect(body['detail']).toContain('not the key')
})

test('No key is in any answer, line or file', async () => {
  const id = await connected()
  await product.connect(product.organization.keys.revoked, 'Another')
  const answers = await Promise.all(
    ['', `/${id}`, `/${id}/syncs`, `/${id}/users?limit=1000`, `/${id}/licenses`].map((path) =>
      product.get(`/integrations${path}`),
    ),
  )
  const everything = [JSON.stringify(answers), product.lines.join('\n'), product.storedText()].join('\n')
  for (const key of Object.values(product.organization.keys)) {
    expect(everything).not.toContain(key)
    expect(everything).not.toContain(key.slice(9, -4))
  }
  expect(everything).toContain(id)
})

test('A restart keeps everything', async () => {
  const id = await connected()
  const before = (await product.get(`/integrations/${id}/licenses`)).body
  await product.restart()
  expect((await product.get(`/integrations/${id}/licenses`)).body).toEqual(before)
})

test('Foreign hosts, origins and paths get nowhere', async () => {
  const origin = await fetch(`${product.url}/v1/health`, { headers: { origin: 'https://evil.example' } })
  expect(origin.status).toBe(403)
  for (const path of [
    '/docs/..%2f..%2fpackage.json',
    '/docs/../package.json',
    '/v1/integrations/%00',
    '/v1/%E0%A4%A',
  ]) {
    const { status } = await fetch(`${product.url}${path}`, { redirect: 'manual' })
    expect([400, 404]).toContain(status)
  }
  const page = await fetch(`${product.url}/docs/`)
  expect(await page.text()).toContain('<title>Rollcall API</title>')
})
