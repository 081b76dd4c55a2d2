import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { PROVIDER_IDS } from '../../shared/providers/find-provider.ts'
import { listed } from '../sync/sync-bench.ts'
import { KEY, startApiBench, type ApiBench } from './api-bench.ts'
import { fieldsOf } from './call.ts'

const REQUEST = { provider: 'openai', name: 'Other', adminApiKey: KEY }

let bench: ApiBench
let id: string
beforeAll(async () => {
  bench = await startApiBench()
  id = await bench.connected()
})
afterAll(() => bench.close())

describe('an invalid body is refused with the field’s name, and nothing is stored', () => {
  test.each([
    [{ ...REQUEST, name: 7 }, 'name'],
    [{ ...REQUEST, name: null }, 'name'],
    [{ ...REQUEST, name: ['a'] }, 'name'],
    [{ ...REQUEST, name: '   ' }, 'name'],
    [{ ...REQUEST, name: 'x'.repeat(101) }, 'name'],
    [{ ...REQUEST, name: 'a\nb' }, 'name'],
    [{ ...REQUEST, name: 'a\u0000b' }, 'name'],
    [{ ...REQUEST, name: 'a\u2028b' }, 'name'],
    [{ ...REQUEST, name: '\ud800' }, 'name'],
    [{ ...REQUEST, name: KEY }, 'name'],
    [{ ...REQUEST, name: `Our key: ${KEY}` }, 'name'],
    [{ ...REQUEST, name: 'SK-PROJ-0123456789abcdefWXYZ' }, 'name'],
    [{ ...REQUEST, companyDomains: ['sk-admin-0123456789abcdef.example'] }, 'companyDomains.0'],
    [{ ...REQUEST, provider: 'azure' }, 'provider'],
    [{ ...REQUEST, adminApiKey: 'has spaces in the middle of it' }, 'adminApiKey'],
    [{ ...REQUEST, adminApiKey: 'sk-admin-ключ-0123456789' }, 'adminApiKey'],
    [{ ...REQUEST, adminApiKey: 'x'.repeat(501) }, 'adminApiKey'],
    [{ ...REQUEST, companyDomains: 'acme.example' }, 'companyDomains'],
    [{ ...REQUEST, companyDomains: ['not a domain'] }, 'companyDomains.0'],
    [{ ...REQUEST, companyDomains: [`${'a'.repeat(64)}.example`] }, 'companyDomains.0'],
    [{ ...REQUEST, companyDomains: Array.from({ length: 51 }, () => 'a.example') }, 'companyDomains'],
    [{ ...REQUEST, schedule: '' }, 'schedule'],
    [{ ...REQUEST, schedule: 'rate(1 minute)' }, 'schedule'],
    [{ ...REQUEST, keyExpiresAt: '2027-02-30T00:00:00Z' }, 'keyExpiresAt'],
    [{ ...REQUEST, keyExpiresAt: '2027-01-01' }, 'keyExpiresAt'],
    [{ ...REQUEST, keyExpiresAt: '0' }, 'keyExpiresAt'],
    [{ ...REQUEST, keyExpiresAt: '' }, 'keyExpiresAt'],
    [{ ...REQUEST, keyExpiresAt: 1_800_000_000 }, 'keyExpiresAt'],
    [{ ...REQUEST, keyExpiresAt: '9999-12-31T23:59:59-14:00' }, 'keyExpiresAt'],
    [{ ...REQUEST, name: 'a\u202eb' }, 'name'],
    [{ ...REQUEST, name: '\u200b' }, 'name'],
    [{ ...REQUEST, id: 'mine' }, 'id'],
    [
      JSON.parse('{"provider":"openai","name":"X","adminApiKey":"sk-admin-0123456789abcdef","__proto__":1}'),
      '(unnamed)',
    ],
    [{ ...REQUEST, ['x'.repeat(40)]: 1 }, '(unnamed)'],
    [[], 'body'],
    ['text', 'body'],
    [null, 'body'],
    [42, 'body'],
  ] as [unknown, string][])('%j', async (json, field) => {
    const answer = await bench.request('POST', '/integrations', { json })
    expect([answer.status, fieldsOf(answer.body)]).toEqual([400, [field]])
    expect([...bench.keys.stored.keys()]).toEqual([id])
  })

  test('not JSON, not UTF-8, empty, deep or too long', async () => {
    for (const raw of ['', '{', '{"name":}', "{'name':1}", '\u0000', '['.repeat(30_000), `"${'x'.repeat(70_000)}"`]) {
      const answer = await bench.request('POST', '/integrations', { raw })
      expect([raw.slice(0, 9), answer.status]).toEqual([raw.slice(0, 9), 400])
    }
    const deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`
    expect((await bench.request('POST', '/integrations', { raw: deep })).status).toBe(400)
    expect((await bench.request('PATCH', `/integrations/${id}`, { raw: `{"name":${deep}}` })).status).toBe(400)
  })

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    '',
    'multipart/form-data; boundary=x',
    'application/json; charset=utf-16',
  ])('of the content type “%s”', async (type) => {
    const answer = await bench.request('POST', '/integrations', { json: REQUEST, headers: { 'content-type': type } })
    expect(fieldsOf(answer.body)).toEqual(['content-type'])
  })

  test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON ;charset=UTF-8'])(
    'but not of the content type “%s”',
    async (type) => {
      const answer = await bench.request('POST', '/integrations', {
        json: { ...REQUEST, name: `Sent as ${type}` },
        headers: { 'content-type': type },
      })
      expect(answer.status).toBe(201)
    },
  )

  test('where none is taken', async () => {
    for (const [method, path] of [
      ['POST', `/integrations/${id}/syncs`],
      ['DELETE', `/integrations/${id}`],
      ['GET', '/integrations'],
    ] as const) {
      expect(fieldsOf((await bench.request(method, path, { json: {} })).body)).toEqual(['body'])
    }
  })
})

test('A compressed body is refused, and invalid fields are described in plain words', async () => {
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
  expect(fieldsOf((await bench.request('POST', '/integrations', { json: REQUEST, headers })).body)).toEqual([
    'content-encoding',
  ])
  const { body } = await bench.request('POST', '/integrations', { json: { provider: 'azure', name: 7 } })
  expect(body).toMatchObject({
    errors: [
      { field: 'provider', message: `must be ${PROVIDER_IDS.join(' or ')}` },
      { field: 'name', message: 'must be a text' },
      { field: 'adminApiKey', message: 'is missing' },
    ],
  })
})

test('Markup and formulas from OpenAI are unchanged in JSON', async () => {
  const name = '<script>alert(1)</script>=1+1'
  bench.organization().people = [...bench.organization().people, listed('odd', { name })]
  await bench.scheduledSync(id)
  const answer = await bench.request('GET', `/integrations/${id}/users/odd`)
  expect(answer.body).toMatchObject({ name })
  expect(answer.headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  })
})

test('A name may contain markup and emoji, and is returned unchanged', async () => {
  const name = '<img src=x onerror=alert(1)> 🦊 Ünïcødé'
  expect((await bench.request('PATCH', `/integrations/${id}`, { json: { name } })).body).toMatchObject({ name })
})

test('A name may begin like a key as long as it is none', async () => {
  for (const name of [
    'sk-admin-',
    'SK-Hynix',
    'Desk-administration-of-all-offices',
    'ask-us-anything-about-licenses',
  ]) {
    expect((await bench.request('PATCH', `/integrations/${id}`, { json: { name } })).body).toMatchObject({ name })
  }
})

test('The longest accepted body is 64 KB, counted in bytes', async () => {
  const padded = (bytes: number) => `{"name":"Padded"${' '.repeat(bytes - 17)}}`
  expect(padded(100)).toHaveLength(100)
  const patch = (raw: string) => bench.request('PATCH', `/integrations/${id}`, { raw })
  expect((await patch(padded(64 * 1024))).status).toBe(200)
  expect((await patch(padded(64 * 1024 + 1))).body).toMatchObject({ errors: [{ field: 'body' }] })
  expect((await patch(`"${'é'.repeat(33_000)}"`)).body).toMatchObject({ errors: [{ field: 'body' }] })
})
