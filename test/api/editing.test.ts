import { describe, expect, test } from '@jest/globals'
import { KEY, OTHER_KEY } from './api-bench.ts'
import { connectedAcme } from './connected-acme.ts'

const DAY_MS = 86_400_000
const acme = connectedAcme()

describe('renaming', () => {
  test('is visible at once, frees the old name, and takes the new one', async () => {
    expect((await acme.edit({ name: '  Acme Europe ' })).body).toMatchObject({ name: 'Acme Europe' })
    expect((await acme.read()).body).toMatchObject({ name: 'Acme Europe' })
    expect((await acme.bench.connect({ name: 'acme europe' })).status).toBe(409)
    expect((await acme.bench.connect({ name: 'Acme' })).status).toBe(201)
  })

  test('to another integration’s name fails with name_taken and changes nothing', async () => {
    await acme.bench.connect({ name: 'Other' })
    const answer = await acme.edit({ name: 'OTHER', companyDomains: ['x.example'] })
    expect([answer.status, answer.body]).toMatchObject([409, { code: 'name_taken' }])
    expect((await acme.read()).body).toMatchObject({ name: 'Acme', companyDomainsInferred: true })
  })

  test('that only changes letter case keeps the name taken', async () => {
    expect((await acme.edit({ name: 'ACME' })).body).toMatchObject({ name: 'ACME' })
    expect((await acme.bench.connect({ name: 'acme' })).status).toBe(409)
  })

  test('and renaming back works at once', async () => {
    await acme.edit({ name: 'Interim' })
    expect((await acme.edit({ name: 'Acme' })).status).toBe(200)
    expect((await acme.bench.connect({ name: 'Interim' })).status).toBe(201)
    expect((await acme.bench.connect({ name: 'Acme' })).status).toBe(409)
  })
})

describe('company domains', () => {
  test('affect seats and counts at once, and null or an empty list restores inference', async () => {
    expect((await acme.read()).body).toMatchObject({
      companyDomains: ['acme.example'],
      companyDomainsInferred: true,
      counts: { members: 2, guests: 1 },
    })
    const other = await acme.edit({ companyDomains: ['Agency.example', 'agency.example'] })
    expect(other.body).toMatchObject({
      companyDomains: ['agency.example'],
      companyDomainsInferred: false,
      counts: { members: 2, guests: 1 },
    })
    const seats = async () => (await acme.bench.request('GET', `/integrations/${acme.id}/users?sort=name`)).body
    expect(await seats()).toMatchObject({
      items: [
        { id: 'ana', seat: { type: 'member', reason: 'owner' } },
        { id: 'bob', seat: { type: 'guest', reason: 'external_domain' } },
        { id: 'cyn', seat: { type: 'member', reason: 'company_domain' } },
      ],
    })
    for (const companyDomains of [null, []]) {
      expect((await acme.edit({ companyDomains })).body).toMatchObject({
        companyDomains: ['acme.example'],
        companyDomainsInferred: true,
      })
    }
    expect(await seats()).toMatchObject({ items: [{}, { seat: { type: 'member' } }, { seat: { type: 'guest' } }] })
  })

  test('set before the first successful sync apply to it', async () => {
    acme.bench.organization().failsWith = 'provider_unreachable'
    acme.bench.organizations.set(KEY, acme.bench.organization(OTHER_KEY))
    const created = await acme.bench.connect({ name: 'New', companyDomains: ['agency.example'] })
    expect(created.body).toMatchObject({ companyDomains: ['agency.example'], counts: { members: 0 } })
    await acme.bench.drain()
    const list = await acme.bench.request('GET', '/integrations')
    expect(list.body).toMatchObject({ items: [{}, { counts: { members: 2, guests: 1 } }] })
  })
})

describe('schedules', () => {
  test('are set by name and shown with the next run; null means the default one', async () => {
    expect((await acme.edit({ schedule: 'nightly' })).body).toMatchObject({
      schedule: 'nightly',
      nextSyncAt: '2026-11-25T02:00:00.000Z',
    })
    expect((await acme.edit({ schedule: null })).body).toMatchObject({
      schedule: 'every-6-hours',
      nextSyncAt: '2026-11-24T18:00:00.000Z',
    })
    expect((await acme.edit({ schedule: 'hourly' })).body).toMatchObject({ errors: [{ field: 'schedule' }] })
  })

  test('that no longer exist are reported as schedule_missing, and the default one is used', async () => {
    await acme.edit({ schedule: 'nightly' })
    await acme.bench.dependencies.integrations.updateIntegration(acme.id, (current) => ({
      ...current,
      schedule: 'weekly',
    }))
    expect((await acme.read()).body).toMatchObject({
      state: 'connected',
      schedule: 'every-6-hours',
      problem: { code: 'schedule_missing' },
    })
    expect((await acme.edit({ schedule: 'nightly' })).body).toMatchObject({ problem: null })
  })
})

describe('a key’s expiry', () => {
  test('warns 14 days ahead with key_expiring, which requires no action, until another expiry or none is set', async () => {
    const at = (ms: number) => new Date(acme.bench.clock.now.getTime() + ms).toISOString()
    expect((await acme.edit({ keyExpiresAt: at(14 * DAY_MS + 1) })).body).toMatchObject({ problem: null })
    const soon = await acme.edit({ keyExpiresAt: at(14 * DAY_MS) })
    expect(soon.body).toMatchObject({
      state: 'connected',
      keyExpiresAt: at(14 * DAY_MS),
      problem: {
        code: 'key_expiring',
        detail: expect.stringMatching(/^The key expires on \d{4}-\d\d-\d\d \(UTC\)\. Create a new Admin key/),
        since: acme.bench.clock.now.toISOString(),
      },
    })
    expect((await acme.edit({ keyExpiresAt: null })).body).toMatchObject({ keyExpiresAt: null, problem: null })
    expect((await acme.edit({ keyExpiresAt: at(-1) })).body).toMatchObject({ errors: [{ field: 'keyExpiresAt' }] })
  })

  test('is read during a key check, and replaced by the new key’s', async () => {
    acme.bench.organization(OTHER_KEY).key = { expiresAt: '2027-03-01T00:00:00.000Z', organization: null }
    const json = { provider: 'openai', adminApiKey: OTHER_KEY }
    expect((await acme.bench.request('POST', '/key-checks', { json })).body).toMatchObject({
      valid: true,
      keyHint: 'QRST',
      keyExpiresAt: '2027-03-01T00:00:00.000Z',
    })
    await acme.edit({ keyExpiresAt: '2026-12-01T00:00:00Z' })
    expect((await acme.edit({ adminApiKey: OTHER_KEY })).body).toMatchObject({
      keyExpiresAt: '2027-03-01T00:00:00.000Z',
    })
    const named = await acme.edit({ adminApiKey: KEY, keyExpiresAt: '2027-05-05T05:00:00+02:00' })
    expect(named.body).toMatchObject({ keyExpiresAt: '2027-05-05T03:00:00.000Z' })
  })
})

test('An edit needs a visible integration and at least one field, all of them editable', async () => {
  expect((await acme.edit({})).status).toBe(400)
  expect((await acme.edit({ provider: 'openai', name: 'X' })).body).toMatchObject({ errors: [{ field: 'provider' }] })
  const unknown = await acme.bench.request('PATCH', '/integrations/01K0000000000000000000NONE', { json: { name: 'X' } })
  expect(unknown.body).toMatchObject({ code: 'not_found' })
})
