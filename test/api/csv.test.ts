import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { userColumns } from '../../shared/contracts/csv-columns.ts'
import { aPerson } from '../builders.ts'
import { used } from '../sync/sync-bench.ts'
import { startApiBench, type ApiBench } from './api-bench.ts'
import { type CsvRow, rowsOf, strictly } from './parse-csv.ts'

let bench: ApiBench
let id: string
beforeAll(async () => {
  bench = await startApiBench()
  id = await bench.connected()
})
afterAll(() => bench.close())

/** A CSV row in the form of the JSON answer. */
function toUser(row: CsvRow) {
  const text = (name: string) => (row[name] === '' ? null : row[name])
  const number = (name: string) => Number(row[name])
  return {
    id: row['id'],
    kind: row['kind'],
    email: text('email'),
    name: text('name'),
    role: text('role'),
    accountStatus: row['accountStatus'],
    seat: text('seatType') === null ? null : { type: row['seatType'], reason: row['seatReason'] },
    license: text('license'),
    lastActiveOn: text('lastActiveOn'),
    lastActivitySource: text('lastActivitySource'),
    lastLoginOn: text('lastLoginOn'),
    requests: number('requests'),
    inputTokens: number('inputTokens'),
    cachedInputTokens: number('cachedInputTokens'),
    outputTokens: number('outputTokens'),
    otherRequests: number('otherRequests'),
    cost: text('cost') === null ? null : { amount: row['cost'], currency: row['currency'] },
    addedAt: row['addedAt'],
    removedAt: text('removedAt'),
    projects: text('projects') === null ? null : (JSON.parse(row['projects'] ?? '') as unknown),
    dailyRequests: row['dailyRequests']?.split(' ').map(Number),
  }
}

async function allUsers(of: string, query: string): Promise<unknown[]> {
  const users: unknown[] = []
  let cursor = ''
  for (let page = 0; page < 20; page += 1) {
    const { body } = await bench.request('GET', `/integrations/${of}/users?limit=100&${query}${cursor}`)
    const { items, nextCursor } = body as { items: unknown[]; nextCursor: string | null }
    users.push(...items)
    if (nextCursor === null) return users
    cursor = `&cursor=${nextCursor}`
  }
  throw new Error('The list does not end.')
}

test('CSV equals the API’s pages in the same order, after removing the formula prefix', async () => {
  const nasty = [
    '=1+1',
    '+4',
    '-2',
    '@x',
    "'=quoted",
    'a,"b"\r\nc',
    '＝x',
    '\t=1',
    ' =1',
    '<b>ü</b>',
    'plain',
    '🦊',
    'a\nb',
    'a\r=1',
  ]
  const people = Array.from({ length: 450 }, (_, index) =>
    aPerson({
      userId: `user-${index}`,
      name: index % 13 === 0 ? null : `${nasty[index % nasty.length]} ${index % 997}`,
      email: index % 17 === 0 ? null : `${index % 3 === 0 ? '=' : ''}p${index}@acme.example`,
      role: index === 0 ? 'owner' : 'reader',
      projects: index % 5 === 0 ? [{ id: `proj_${index}`, name: '=HYPERLINK("x")', role: null }] : null,
    }),
  )
  const rows = people
    .filter((_, index) => index % 4 === 0)
    .map(({ userId }, index) => used(userId, index % 2 === 0 ? '2026-11-24' : '2026-10-01', 1 + (index % 50)))
  const many = await bench.connected({ name: 'Many' })
  await bench.publish(many, people, rows)
  const query = 'sort=-requests&accountStatus=any'
  const answer = await bench.request('GET', `/integrations/${many}/users?format=csv&${query}`, {
    headers: { 'accept-encoding': 'br' },
  })
  expect(answer.headers['content-encoding']).toBe('br')
  const csv = rowsOf(answer.text).map((row) => toUser(row))
  expect(csv).toHaveLength(450)
  expect(strictly(answer.text)).toHaveLength(451)
  expect(csv).toEqual(await allUsers(many, query))
})

describe('users as CSV', () => {
  test('are complete by format or by Accept, in the documented columns, with asOf in a header', async () => {
    const byFormat = await bench.request('GET', `/integrations/${id}/users?format=csv`)
    const byAccept = await bench.request('GET', `/integrations/${id}/users`, { headers: { accept: 'text/csv' } })
    expect(byAccept.text).toBe(byFormat.text)
    expect(byFormat.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="rollcall-users-${id}.csv"`,
    })
    const [header, ...lines] = byFormat.text.split('\r\n')
    expect(header).toBe(
      'id,kind,email,name,role,accountStatus,seatType,seatReason,license,lastActiveOn,lastActivitySource,lastLoginOn,requests,inputTokens,cachedInputTokens,outputTokens,otherRequests,cost,currency,addedAt,removedAt,projects,dailyRequests',
    )
    expect(lines).toHaveLength(4)
    const { body } = await bench.request('GET', `/integrations/${id}/users`)
    expect(JSON.parse(String(byFormat.headers['rollcall-as-of']))).toEqual((body as { asOf: unknown }).asOf)
  })

  test.each([
    ['application/json', 'json'],
    ['*/*', 'json'],
    ['text/csv, */*;q=0.1', 'csv'],
    ['application/json, text/csv;q=0.9', 'json'],
    ['text/csv;q=0.9, application/json;q=0.1', 'csv'],
    ['text/html', 'json'],
    ['nonsense', 'json'],
  ])('Accept: %s gives %s', async (accept, format) => {
    const answer = await bench.request('GET', `/integrations/${id}/users`, { headers: { accept } })
    expect(String(answer.headers['content-type'])).toContain(format)
    const named = await bench.request('GET', `/integrations/${id}/users?format=json`, { headers: { accept } })
    expect(String(named.headers['content-type'])).toContain('json')
  })

  test('keep the filters, and reject limit and cursor', async () => {
    const guests = await bench.request('GET', `/integrations/${id}/users?format=csv&seat=guest`)
    expect(rowsOf(guests.text).map((row) => row['id'])).toEqual(['cyn'])
    for (const part of ['limit=10', 'cursor=x']) {
      const answer = await bench.request('GET', `/integrations/${id}/users?format=csv&${part}`)
      expect(answer.body).toMatchObject({ code: 'validation_failed', errors: [{ field: part.split('=')[0] }] })
    }
    expect((await bench.request('GET', `/integrations/${id}/users?format=xml`)).status).toBe(400)
    expect((await bench.request('GET', `/integrations/${id}?format=csv`)).status).toBe(400)
  })

  test('only have a header before the first successful sync', async () => {
    const { body } = await bench.connect({ name: 'New' })
    const answer = await bench.request('GET', `/integrations/${(body as { id: string }).id}/users?format=csv`)
    expect(answer.text).toBe(`${Object.keys(userColumns).join(',')}\r\n`)
    expect(answer.headers['rollcall-as-of']).toBe('null')
  })
})

describe('usage as CSV', () => {
  test('by day has a row for each day and model, which add up to the days', async () => {
    const csv = await bench.request('GET', `/integrations/${id}/usage?format=csv&from=2026-11-01`)
    const { body } = await bench.request('GET', `/integrations/${id}/usage?from=2026-11-01`)
    const { items } = body as { items: { day: string; models: object[] }[] }
    const wanted = items.flatMap(({ day, models }) => models.map((model) => ({ day, ...model })))
    expect(rowsOf(csv.text).map((row) => withNumbers(row))).toEqual(wanted)
    expect(wanted.length).toBeGreaterThan(3)
  })

  test.each(['model', 'user'])('by %s has a row for each item', async (groupBy) => {
    const csv = await bench.request('GET', `/integrations/${id}/usage?format=csv&groupBy=${groupBy}`)
    const { body } = await bench.request('GET', `/integrations/${id}/usage?groupBy=${groupBy}`)
    expect(rowsOf(csv.text).map((row) => withNumbers(row))).toEqual((body as { items: object[] }).items)
  })

  test('of one user has a row for each day and model', async () => {
    const csv = await bench.request('GET', `/integrations/${id}/users/ana/usage?format=csv`)
    expect(rowsOf(csv.text)).toMatchObject([
      { day: '2026-11-20', model: 'gpt-4', requests: '2' },
      { day: '2026-11-24', model: 'gpt-5', requests: '5' },
    ])
    expect((await bench.request('GET', `/integrations/${id}/users/nobody/usage?format=csv`)).status).toBe(404)
  })

  const NUMBERS = ['requests', 'inputTokens', 'cachedInputTokens', 'outputTokens']
  const withNumbers = (row: CsvRow) =>
    Object.fromEntries(
      Object.entries(row).map(([name, cell]) => [
        name,
        NUMBERS.includes(name) ? Number(cell) : cell === '' ? null : cell,
      ]),
    )
})
