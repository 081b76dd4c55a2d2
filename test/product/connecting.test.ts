import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { aRow } from '../builders.ts'
import { waitFor } from '../watchdog.ts'
import { type Product, startProduct } from './product-bench.ts'

const NOW = new Date('2026-11-24T15:30:00.000Z')

let product: Product

describe('Before anything is connected', () => {
  beforeAll(async () => {
    product = await startProduct({ members: 12, now: () => NOW })
  })
  afterAll(() => product.close())

  const refusals = [
    ['revoked', 'invalid_admin_key', 'Admin keys'],
    ['project', 'not_an_admin_key', 'Organization Owner'],
    ['withoutUsage', 'insufficient_permissions', 'api.usage.read'],
    ['withoutDirectory', 'insufficient_permissions', 'api.management.read'],
    ['deactivated', 'account_deactivated', 'Contact OpenAI'],
  ] as const

  test.each(refusals)(
    'a key that is %s is refused as %s with advice, also for 401 and bare errors, and nothing is stored',
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

  test('an unreachable OpenAI is 503 and not a problem of the key', async () => {
    product.organization.set({ rateLimit: { everyNth: 1, retryAfterSeconds: 3600 } })
    const { status, body } = await product.connect(product.organization.keys.admin)
    expect({ status, code: body['code'] }).toEqual({ status: 503, code: 'provider_rate_limited' })
    expect(body['detail']).toContain('not the key')
    product.organization.set({ rateLimit: null })
  })

  test('foreign hosts, origins and paths are refused', async () => {
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
})

describe('Once an organization is connected', () => {
  let id: string
  beforeAll(async () => {
    product = await startProduct({ members: 130, now: () => NOW })
    const { company, keys } = product.organization
    const [busy, other] = company.usersAt(NOW).map((user) => user.id)
    // Many people, so that they come on two pages, of whom two use it: only the people count here.
    company.replaceUsage([aRow({ userId: busy ?? '', requests: 70 }), aRow({ userId: other ?? '', day: '2026-11-20' })])
    id = String((await product.connect(keys.admin)).body['id'])
    expect(await product.ended(id)).toMatchObject({ state: 'succeeded', written: { usageRows: 2 } })
  })
  afterAll(() => product.close())

  test('a sync requests ceil(members/100) pages of members and two of usage, and a second one writes nothing', async () => {
    const listed = product.organization.company.usersAt(NOW).length
    expect(listed).toBeGreaterThan(100)
    product.organization.requests.length = 0
    expect((await product.post(`/integrations/${id}/syncs`)).status).toBe(202)
    expect(await product.ended(id)).toMatchObject({ state: 'succeeded', written: { users: 0, usageRows: 0 } })
    const asked = (part: string) => product.organization.requests.filter((request) => request.includes(part)).length
    expect(asked('/organization/users')).toBe(Math.ceil(listed / 100))
    expect(asked('/usage/completions')).toBe(2)
  })

  test('a member removed at OpenAI stays in every answer until a successful sync no longer finds them', async () => {
    const { organization } = product
    const { body } = await product.get(`/integrations/${id}/users?limit=1&sort=-requests`)
    const [first] = body['items'] as { id: string }[]
    const path = `/integrations/${id}/users/${first?.id}`
    organization.company.remove(String(first?.id))
    const failing = organization.hold()
    expect((await product.post(`/integrations/${id}/syncs`)).status).toBe(202)
    await waitFor('the sync to ask OpenAI', failing.requested)
    expect((await product.get(path)).body).toMatchObject({ accountStatus: 'active' })
    organization.set({ adminKeyRevoked: true })
    failing.release()
    expect(await product.ended(id)).toMatchObject({ state: 'failed' })
    expect((await product.get(path)).body).toMatchObject({ accountStatus: 'active' })
    organization.set({ adminKeyRevoked: false })
    await product.post(`/integrations/${id}/syncs`)
    expect(await product.ended(id)).toMatchObject({ state: 'succeeded', removedUsers: 1 })
    expect((await product.get(path)).body).toMatchObject({ accountStatus: 'removed', seat: null, license: null })
  })

  test('no key is in any answer, line or file', async () => {
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

  test('a restart keeps all data', async () => {
    const before = (await product.get(`/integrations/${id}/licenses`)).body
    await product.restart()
    expect((await product.get(`/integrations/${id}/licenses`)).body).toEqual(before)
  })
})
