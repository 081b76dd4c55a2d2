import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { listed } from '../sync/sync-bench.ts'
import { OTHER_KEY, startApiBench, type ApiBench } from './api-bench.ts'
import { fieldsOf } from './call.ts'

let bench: ApiBench
let id: string
beforeAll(async () => {
  bench = await startApiBench()
  id = await bench.connected()
})
afterAll(() => bench.close())

describe('an invalid parameter is refused with its name', () => {
  test.each([
    ['users?limit=0', 'limit'],
    ['users?limit=1001', 'limit'],
    ['users?limit=-1', 'limit'],
    ['users?limit=1e2', 'limit'],
    ['users?limit=', 'limit'],
    ['users?limit=%2050', 'limit'],
    ['users?limit=50&limit=50', 'limit'],
    ['users?idleDays=0', 'idleDays'],
    ['users?idleDays=1000', 'idleDays'],
    ['users?idleDays=1.5', 'idleDays'],
    ['users?sort=seat', 'sort'],
    ['users?sort=--name', 'sort'],
    ['users?sort=', 'sort'],
    ['users?seat=owner', 'seat'],
    ['users?license=', 'license'],
    ['users?accountStatus=ACTIVE', 'accountStatus'],
    ['users?kind=robot', 'kind'],
    ['users?role=', 'role'],
    ['users?q=', 'q'],
    [`users?q=${'x'.repeat(201)}`, 'q'],
    ['users?q=a&Q=b', 'Q'],
    ['users?offset=10', 'offset'],
    ['users?cursor=', 'cursor'],
    [`users?cursor=${'x'.repeat(4001)}`, 'cursor'],
    ['users?cursor=%00', 'cursor'],
    ['users?format=CSV', 'format'],
    ['users?q=%', 'query'],
    ['users?q=%ff', 'query'],
    ['users?%3Cscript%3E=1', '(unnamed)'],
    ['usage?from=2026-02-30', 'from'],
    ['usage?from=2026-11-31', 'from'],
    ['usage?to=24.11.2026', 'to'],
    ['usage?to=2026-11-24T00:00:00Z', 'to'],
    ['usage?from=2026-09-25', 'from'],
    ['usage?to=2026-11-25', 'to'],
    ['usage?from=2026-11-02&to=2026-11-01', 'from'],
    ['usage?groupBy=day,model', 'groupBy'],
    ['usage?groupBy=__proto__', 'groupBy'],
    ['users/ana/usage?from=0000-00-00', 'from'],
    ['licenses?from=2026-11-01', 'from'],
    ['syncs?state=failed', 'state'],
  ])('%s', async (target, field) => {
    const answer = await bench.request('GET', `/integrations/${id}/${target}`)
    expect([answer.status, fieldsOf(answer.body)]).toEqual([400, [field]])
  })
})

describe('an id with odd characters is not found', () => {
  test.each([
    '%00',
    '..',
    '%2e%2e',
    '..%2f..',
    '%23',
    '#',
    'a b',
    '%F0%9F%A6%8A',
    '%E0%A4%A',
    '*',
    "'",
    '"',
    '-',
    'null',
  ])('%s', async (odd) => {
    for (const path of [
      `/integrations/${odd}`,
      `/integrations/${id}/users/${odd}`,
      `/integrations/${id}/syncs/${odd}`,
    ]) {
      expect((await bench.request('GET', path)).status).toBe(404)
    }
    expect((await bench.request('DELETE', `/integrations/${odd}`)).status).toBe(404)
  })

  test('another integration’s sync and user are not found', async () => {
    bench.organization(OTHER_KEY).people = [...bench.organization(OTHER_KEY).people, listed('only-there')]
    const other = await bench.connected({ name: 'Another one', adminApiKey: OTHER_KEY })
    const { body } = await bench.request('GET', `/integrations/${other}/syncs`)
    const { items } = body as { items: { id: string }[] }
    expect((await bench.request('GET', `/integrations/${id}/syncs/${items[0]?.id}`)).status).toBe(404)
    expect((await bench.request('GET', `/integrations/${id}/users/only-there`)).status).toBe(404)
    expect((await bench.request('GET', `/integrations/${other}/users/only-there`)).status).toBe(200)
  })

  test('ids of OpenAI may contain any character', async () => {
    const odd = ['a/b', 'ü', '🦊', '__proto__', 'constructor', ' ', '%', '..', 'a#b?c&d=e', '<b>']
    bench.organization().people = [...bench.organization().people, ...odd.map((userId) => listed(userId))]
    await bench.scheduledSync(id)
    for (const userId of odd) {
      const answer = await bench.request('GET', `/integrations/${id}/users/${encodeURIComponent(userId)}`)
      expect(answer.body).toMatchObject({ id: userId })
    }
  })
})

test('An unsupported method is 405 with the supported ones; an unknown path is 404', async () => {
  const answer = await bench.request('PUT', `/integrations/${id}`)
  expect(answer.status).toBe(405)
  expect(answer.headers['allow']).toBe('GET, PATCH, DELETE')
  for (const path of ['/', '/nothing', `/integrations/${id}/nothing`, '/integrations/a/b/c/d', '/../etc/passwd']) {
    expect((await bench.request('GET', path)).status).toBe(404)
  }
})
