import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { retryAfterMs } from '../../../shared/providers/http/retry.ts'
import { NOW, openOrganization, startScriptedServer, type Scripted } from './scripted-server.ts'

let server: Awaited<ReturnType<typeof startScriptedServer>>
beforeAll(async () => {
  server = await startScriptedServer()
})
afterAll(() => server.close())

const EMPTY: Scripted = { json: { object: 'list', data: [], has_more: false } }

describe('Retry-After is honored in every form that names a time to come', () => {
  test.each<[Record<string, string>, number]>([
    [{ 'retry-after': '90' }, 90_000],
    [{ 'retry-after': ' 0.25 ' }, 250],
    [{ 'retry-after': 'Tue, 10 Mar 2026 12:02:00 GMT' }, 120_000],
    [{ 'retry-after': 'Tuesday, 10-Mar-26 12:02:00 GMT' }, 120_000],
    [{ 'retry-after': 'Tue Mar 10 12:02:00 2026' }, 120_000],
    [{ 'retry-after-ms': '1500', 'retry-after': '9' }, 1_500],
    [{ 'retry-after-ms': '0', 'retry-after': '9' }, 9_000],
    [{ 'retry-after-ms': 'soon', 'retry-after': 'Tue, 10 Mar 2026 12:00:01 GMT' }, 1_000],
  ])('%j', (headers, waitMs) => {
    expect(retryAfterMs(new Headers(headers), NOW)).toBe(waitMs)
  })
})

/** None of them names a time to come. `Date` takes some of them for a year. */
const UNUSABLE = [
  '0',
  '0.0',
  '-1',
  '-3600',
  '',
  ' ',
  'later',
  'NaN',
  'Infinity',
  '1e3',
  '1, 2',
  '12/31',
  'Tue, 10 Mar 2026 12:00:00 GMT',
  'Tue, 10 Mar 2026 11:00:00 GMT',
  'Thu, 01 Jan 1970 00:00:00 GMT',
  'Tue, 99 Foo 2026 12:00:00 GMT',
]

describe('Zero, negative and unusable values of Retry-After count as none', () => {
  test.each(UNUSABLE)('%j', (text) => {
    expect(retryAfterMs(new Headers({ 'retry-after': text }), NOW)).toBeNull()
    expect(retryAfterMs(new Headers({ 'retry-after-ms': text }), NOW)).toBeNull()
  })
})

/** Our own back-off after each failure: between half of it and all of it. */
const BACKOFFS_MS = [500, 1_000, 2_000, 4_000]

test.each<Record<string, string>>([
  { 'retry-after': '0' },
  { 'retry-after': '-1' },
  { 'retry-after': 'Tue, 10 Mar 2026 11:00:00 GMT' },
  { 'retry-after-ms': '1' },
])('However often OpenAI says %j, it is never asked again sooner than our own back-off', async (headers) => {
  server.answers(() => ({ status: 429, headers }))
  const { organization, waits } = openOrganization(server.baseUrl)
  await expect(organization.directory.read()).rejects.toMatchObject({ code: 'provider_rate_limited' })
  expect(waits).toHaveLength(BACKOFFS_MS.length)
  for (const [index, fullMs] of BACKOFFS_MS.entries()) {
    expect(waits[index]).toBeGreaterThanOrEqual(fullMs / 2)
    expect(waits[index]).toBeLessThanOrEqual(fullMs)
  }
})

test('A wait that is longer than our own back-off is kept to, and then the answer counts', async () => {
  server.answers((_url, index) => (index < 2 ? { status: 503, headers: { 'retry-after': '7' } } : EMPTY))
  const { organization, waits } = openOrganization(server.baseUrl)
  expect(await organization.directory.read()).toEqual([])
  expect(waits).toEqual([7_000, 7_000])
})
