import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { MAX_CSV_BODY_BYTES, MAX_DECOMPRESSED_CSV_BYTES } from '../../shared/contracts/operation.ts'
import { peopleSchema } from '../../shared/contracts/people-contract.ts'
import { listed, used } from '../sync/sync-bench.ts'
import { type ApiBench, KEY, OTHER_KEY, startApiBench } from './api-bench.ts'
import { VIEWER } from './api-event.ts'
import { fieldsOf } from './call.ts'
import { rowsOf } from './parse-csv.ts'

const CSV = { 'content-type': 'text/csv' }
const ROSTER = [
  'email;name;department;manager',
  'ANA@xn--mller-kva.example;Ana;Forschung;zoe@acme.example',
  'bob@acme.example;Bob;=Sales;',
  '',
].join('\r\n')

let bench: ApiBench
beforeEach(async () => {
  bench = await startApiBench({ windowDays: 60 })
})
afterEach(() => bench.close())

const put = (raw: string | Uint8Array, headers: Record<string, string> = {}) =>
  bench.request('PUT', '/roster', { raw, headers: { ...CSV, ...headers } })
const get = () => bench.request('GET', '/roster')
const people = async (query = '') => peopleSchema.parse((await bench.request('GET', `/people${query}`)).body).items

test('A roster is answered as it was uploaded, with formulas defused, until it is replaced or deleted', async () => {
  const missing = await get()
  expect([missing.status, missing.body]).toMatchObject([
    404,
    { code: 'not_found', detail: 'No roster is stored. Upload one with PUT.' },
  ])
  expect(await put(ROSTER)).toMatchObject({ status: 200, body: { entries: 2 } })
  const { headers, text } = await get()
  expect(headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="rollcall-roster.csv"',
    'cache-control': 'no-store',
  })
  const rows = [
    'email,name,manager,department,endsOn',
    'ANA@xn--mller-kva.example,Ana,zoe@acme.example,Forschung,',
    "bob@acme.example,Bob,,'=Sales,",
    '',
  ]
  expect(text).toBe(rows.join('\r\n'))
  expect(await put(text)).toMatchObject({ status: 200, body: { entries: 2 } })
  expect((await get()).text).toBe(text)
  expect((await put('email\ncyn@agency.example')).status).toBe(200)
  expect(rowsOf((await get()).text).map(({ email }) => email)).toEqual(['cyn@agency.example'])
  for (const status of [204, 204]) expect((await bench.request('DELETE', '/roster')).status).toBe(status)
  expect((await get()).status).toBe(404)
})

describe('People of several organizations', () => {
  beforeEach(async () => {
    const [one, two] = [bench.organization(KEY), bench.organization(OTHER_KEY)]
    one.people = [
      listed('ana', { role: 'owner', name: 'Ana', email: 'Ana@MÜLLER.example' }),
      listed('bob', { name: 'Bob', email: ' bob@acme.example' }),
      listed('noname', { name: null, email: null }),
    ]
    one.rows = [used('ana', '2026-11-20', 5)]
    two.people = [listed('u-1', { role: 'owner', name: 'Ana Müller', email: 'ana@müller.example' })]
    two.rows = [used('u-1', '2026-11-22', 7)]
    await bench.connected()
    await bench.connected({ name: 'Labs', adminApiKey: OTHER_KEY })
  })

  const about = async () =>
    (await people('?sort=name')).map(({ name, department, manager }) => [name, department, manager])

  test('have the department and the manager of the roster, by their address in any spelling', async () => {
    const without = [
      ['Ana Müller', null, null],
      ['Bob', null, null],
      [null, null, null],
    ]
    expect(await about()).toEqual(without)
    await put(ROSTER)
    expect(await about()).toEqual([
      ['Ana Müller', 'Forschung', 'zoe@acme.example'],
      ['Bob', '=Sales', null],
      [null, null, null],
    ])
    const [ana] = await people('?q=ana')
    expect((await bench.request('GET', `/people/${ana?.id}`)).body).toEqual(ana)
    await put('email,department\nbob@acme.example,Support')
    expect((await about()).map(([, department]) => department)).toEqual([null, 'Support', null])
    await bench.request('DELETE', '/roster')
    expect(await about()).toEqual(without)
  })

  test('are found by their department and manager, and have both in CSV', async () => {
    await put(ROSTER)
    expect((await people('?q=FORSCH')).map(({ name }) => name)).toEqual(['Ana Müller'])
    expect((await people('?q=zoe@')).map(({ name }) => name)).toEqual(['Ana Müller'])
    const { text } = await bench.request('GET', '/people?format=csv&q=sales')
    expect(rowsOf(text).map(({ name, department, manager }) => [name, department, manager])).toEqual([
      ['Bob', '=Sales', ''],
    ])
  })
})

test('A file with a broken line is refused with its number, and the roster stays', async () => {
  await put(ROSTER)
  const before = (await get()).text
  const answer = await put('email,endsOn\nleaver-77@acme.example,tomorrow\nleaver-77,\n')
  expect([answer.status, answer.body]).toMatchObject([
    400,
    {
      code: 'validation_failed',
      errors: [
        { field: 'line 2', message: 'endsOn must be a day that exists, written YYYY-MM-DD' },
        { field: 'line 3', message: 'email must be an email address' },
      ],
    },
  ])
  expect((await get()).text).toBe(before)
  const { body } = await bench.request('GET', '/audit-events')
  expect(JSON.stringify([answer.text, bench.logged, body])).not.toContain('leaver-77')
})

describe('A body', () => {
  /** With one employee; the rest is a line of blanks, which is skipped. */
  const ofBytes = (bytes: number) => 'email\nana@acme.example\n'.padEnd(bytes)

  test.each([
    ['of another content type', ROSTER, { 'content-type': 'application/json' }, 'content-type'],
    ['of another character set', ROSTER, { 'content-type': 'text/csv; charset=iso-8859-1' }, 'content-type'],
    ['with a content encoding', gzipSync(ROSTER), { 'content-encoding': 'gzip' }, 'content-encoding'],
    ['that is compressed in another way', ROSTER, { 'content-type': 'application/zip' }, 'content-type'],
    ['that is compressed twice', gzipSync(gzipSync(ROSTER)), { 'content-type': 'application/gzip' }, 'body'],
    ['that is no gzip, but says so', ROSTER, { 'content-type': 'application/gzip' }, 'body'],
    ['that is gzip, but cut off', gzipSync(ROSTER).subarray(0, -9), { 'content-type': 'application/gzip' }, 'body'],
    ['that is gzip without saying so', gzipSync(ROSTER), {}, 'body'],
    ['that is empty', '', {}, 'body'],
    ['in which something was no UTF-8', 'email,name\nana@acme.example,Z\ufffd', {}, 'body'],
  ])('%s is refused', async (_, raw, headers, field) => {
    const answer = await put(raw, headers)
    expect([answer.status, fieldsOf(answer.body)]).toEqual([400, [field]])
  })

  test.each(['text/csv', 'text/csv; charset=utf-8', 'Text/CSV;charset="UTF-8"; header=present'])(
    'of the content type “%s” is taken, also with a byte order mark',
    async (type) => {
      expect((await put(`\ufeff${ROSTER}`, { 'content-type': type })).status).toBe(200)
    },
  )

  test('of 5 MB is taken, and a larger one is refused', async () => {
    expect((await put(ofBytes(MAX_CSV_BODY_BYTES))).status).toBe(200)
    const answer = await put(ofBytes(MAX_CSV_BODY_BYTES + 1))
    expect([answer.status, answer.body]).toMatchObject([
      413,
      {
        code: 'request_too_large',
        detail:
          'The body must have at most 5242880 bytes. Send a larger file compressed (Content-Type: application/gzip).',
      },
    ])
  })

  const putCompressed = (csv: string | Uint8Array) => put(gzipSync(csv), { 'content-type': 'Application/GZIP' })

  test('of 7.5 MB is taken compressed', async () => {
    const csv = `\ufeff${ofBytes(7.5 * 1024 * 1024)}`
    expect((await put(csv)).status).toBe(413)
    expect(await putCompressed(csv)).toMatchObject({ status: 200, body: { entries: 1 } })
  })

  test('that would be huge once it is decompressed is refused before it is', async () => {
    const answer = await putCompressed(Buffer.alloc(MAX_DECOMPRESSED_CSV_BYTES + 1, '\n'))
    expect([answer.status, answer.body]).toMatchObject([
      413,
      { code: 'request_too_large', detail: 'The file must have at most 16777216 bytes once it is decompressed.' },
    ])
  })
})

test('Uploads, downloads and deletions are recorded, refused ones too, without any value', async () => {
  await get()
  await put(ROSTER)
  await put('nobody')
  await get()
  await bench.request('DELETE', '/roster')
  await bench.request('PUT', '/roster', { raw: ROSTER, headers: CSV, claims: VIEWER })
  const { body } = await bench.request('GET', '/audit-events')
  const events = (body as { items: Record<string, unknown>[] }).items
  const told = events.map(({ action, operation, outcome, code }) => [action, operation, outcome, code])
  expect(told.toReversed()).toEqual([
    ['export', 'getRoster', 'failed', 'not_found'],
    ['edit', 'replaceRoster', 'succeeded', null],
    ['edit', 'replaceRoster', 'failed', 'validation_failed'],
    ['export', 'getRoster', 'succeeded', null],
    ['delete', 'deleteRoster', 'succeeded', null],
    ['refused_write', 'replaceRoster', 'refused', 'forbidden'],
  ])
  for (const event of events) expect(event).toMatchObject({ integrationId: null, changedFields: [] })
  expect(JSON.stringify([body, bench.logged])).not.toMatch(/acme|mller|Forschung|Sales/i)
})

test('Viewers cannot upload, download or delete it', async () => {
  await put(ROSTER)
  for (const [method, raw] of [['PUT', 'email\nx@acme.example'], ['GET'], ['DELETE']] as const) {
    const answer = await bench.request(method, '/roster', { claims: VIEWER, headers: CSV, ...(raw && { raw }) })
    expect([method, answer.status, answer.body]).toMatchObject([method, 403, { code: 'forbidden' }])
  }
  expect(rowsOf((await get()).text)).toHaveLength(2)
})

test('Of two uploads at the same time, what is stored is one of them, and the other is told', async () => {
  const rosters = ['one', 'two'].map((department) => `email,department\nana@acme.example,${department}`)
  const answers = await Promise.all(rosters.map((roster) => put(roster)))
  const [stored] = rowsOf((await get()).text)
  for (const [index, answer] of answers.entries()) {
    if (stored?.['department'] === ['one', 'two'][index]) expect(answer.status).toBe(200)
    else expect([answer.status, answer.body]).toMatchObject([409, { code: 'edit_in_progress' }])
  }
})
