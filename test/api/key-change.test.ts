import { describe, expect, test } from '@jest/globals'
import { KEY, OTHER_KEY } from './api-bench.ts'
import { connectedAcme } from './connected-acme.ts'

const acme = connectedAcme()

describe('a new key', () => {
  test('is checked first, and a refused one changes nothing', async () => {
    acme.bench.organization(OTHER_KEY).failsWith = 'insufficient_permissions'
    const answer = await acme.edit({ adminApiKey: OTHER_KEY, name: 'Renamed' })
    expect([answer.status, answer.body]).toMatchObject([422, { code: 'insufficient_permissions' }])
    expect((await acme.read()).body).toMatchObject({ name: 'Acme', keyHint: 'WXYZ', lastSync: { state: 'succeeded' } })
    expect(acme.bench.keys.stored.get(acme.id)).toEqual({ secret: KEY, keyVersion: 1 })
    expect((await acme.bench.connect({ name: 'Renamed' })).status).toBe(201)
  })

  test('replaces the old one and starts a sync at once', async () => {
    const answer = await acme.edit({ adminApiKey: OTHER_KEY })
    expect(answer.body).toMatchObject({ keyHint: 'QRST', lastSync: { state: 'queued', trigger: 'key_change' } })
    expect(acme.bench.keys.stored.get(acme.id)).toEqual({ secret: OTHER_KEY, keyVersion: 2 })
    await acme.bench.drain()
    expect((await acme.read()).body).toMatchObject({ lastSync: { state: 'succeeded', trigger: 'key_change' } })
  })

  test('replaces a queued sync with its own', async () => {
    await acme.bench.request('POST', `/integrations/${acme.id}/syncs`)
    await acme.edit({ adminApiKey: OTHER_KEY })
    await acme.bench.drain()
    const { body } = await acme.bench.request('GET', `/integrations/${acme.id}/syncs`)
    expect(body).toMatchObject({
      items: [
        { trigger: 'key_change', state: 'succeeded' },
        { trigger: 'manual', state: 'failed', problem: { code: 'interrupted' } },
        { trigger: 'connect', state: 'succeeded' },
      ],
    })
  })

  test('set during a sync waits for its end, and a late failure with the old key sets no problem', async () => {
    acme.bench.organization().whileReading = async () => {
      acme.bench.organization().whileReading = async () => {}
      acme.bench.organization().failsWith = 'invalid_admin_key'
      await acme.edit({ adminApiKey: OTHER_KEY })
      expect((await acme.read()).body).toMatchObject({
        keyHint: 'QRST',
        lastSync: { state: 'running', trigger: 'schedule' },
      })
    }
    await acme.bench.scheduledSync(acme.id)
    const between = (await acme.read()).body
    expect(between).toMatchObject({ problem: null, lastSync: { state: 'queued', trigger: 'key_change' } })
    await acme.bench.drain()
    expect((await acme.read()).body).toMatchObject({
      state: 'connected',
      problem: null,
      lastSync: { state: 'succeeded' },
    })
    const { body } = await acme.bench.request('GET', `/integrations/${acme.id}/syncs`)
    expect(body).toMatchObject({
      items: [
        { trigger: 'key_change', state: 'succeeded' },
        { trigger: 'schedule', state: 'failed', problem: { code: 'invalid_admin_key' } },
        { trigger: 'connect' },
      ],
    })
  })

  test('set twice at the same time succeeds once, and the other call fails with edit_in_progress', async () => {
    acme.bench.keys.whileStoring = async () => {
      const second = await acme.edit({ adminApiKey: KEY })
      expect([second.status, second.body]).toMatchObject([409, { code: 'edit_in_progress' }])
    }
    expect((await acme.edit({ adminApiKey: OTHER_KEY })).body).toMatchObject({ keyHint: 'QRST' })
    expect(acme.bench.keys.stored.get(acme.id)).toEqual({ secret: OTHER_KEY, keyVersion: 2 })
  })

  test('set twice in quick succession shows the stored key', async () => {
    const answers = await Promise.all([acme.edit({ adminApiKey: OTHER_KEY }), acme.edit({ adminApiKey: KEY })])
    for (const { status } of answers) expect([200, 409]).toContain(status)
    const { keyHint } = (await acme.read()).body as { keyHint: string }
    expect(acme.bench.keys.stored.get(acme.id)?.secret.slice(-4)).toBe(keyHint)
    const stored = await acme.bench.dependencies.integrations.getIntegration(acme.id)
    expect(acme.bench.keys.stored.get(acme.id)?.keyVersion).toBe(stored.keyVersion)
  })
})

describe('a concurrent edit', () => {
  test('of the name succeeds once, the other fails, and no name is lost or held twice', async () => {
    const key = (name: string) => acme.edit({ name, adminApiKey: KEY })
    const rename = (name: string) => acme.edit({ name })
    for (const [base, one, other] of [
      ['Base', key, rename],
      ['Next', rename, key],
    ] as const) {
      await acme.edit({ name: base })
      await Promise.all([one(base), other(`Other ${base}`)])
      const { name } = (await acme.read()).body as { name: string }
      expect((await acme.bench.connect({ name })).status).toBe(409)
      const free = name === base ? `Other ${base}` : base
      expect((await acme.bench.connect({ name: free })).status).toBe(201)
    }
  })

  test('is completed by a sync that starts after the key was stored', async () => {
    acme.bench.keys.afterStoring = () => acme.bench.scheduledSync(acme.id)
    const answer = await acme.edit({ adminApiKey: OTHER_KEY, name: 'Renamed', companyDomains: ['agency.example'] })
    expect([answer.status, answer.body]).toMatchObject([
      200,
      { name: 'Renamed', keyHint: 'QRST', companyDomains: ['agency.example'], lastSync: { state: 'succeeded' } },
    ])
    expect((await acme.bench.connect({ name: 'Acme' })).status).toBe(201)
  })

  test('whose key could not be stored can be repeated at once', async () => {
    acme.bench.keys.whileStoring = () => Promise.reject(new Error('the key store is down'))
    expect((await acme.edit({ adminApiKey: OTHER_KEY, name: 'Renamed' })).status).toBe(500)
    acme.bench.keys.whileStoring = () => Promise.resolve()
    expect((await acme.read()).body).toMatchObject({ name: 'Acme', keyHint: 'WXYZ' })
    expect((await acme.edit({ adminApiKey: OTHER_KEY, name: 'Renamed' })).status).toBe(200)
    expect(acme.bench.keys.stored.get(acme.id)).toEqual({ secret: OTHER_KEY, keyVersion: 3 })
  })

  test('whose key was stored despite an error is found by the next sync, and requires action when that key stops working', async () => {
    acme.bench.keys.afterStoring = () => Promise.reject(new Error('the key store did not answer'))
    expect((await acme.edit({ adminApiKey: OTHER_KEY })).status).toBe(500)
    acme.bench.organization(OTHER_KEY).failsWith = 'invalid_admin_key'
    await acme.bench.scheduledSync(acme.id)
    expect((await acme.read()).body).toMatchObject({
      keyHint: 'QRST',
      state: 'action_required',
      problem: { code: 'invalid_admin_key' },
    })
  })
})
