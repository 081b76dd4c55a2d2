import { describe, expect, test } from '@jest/globals'
import { retryAfterMs } from '../../../shared/providers/http/retry.ts'
import { NOW } from '../scripted-server.ts'

describe('Retry-After is honored in every form with a future time', () => {
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

/** None of them is a future time. `Date` parses some of them as a year. */
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

describe('Zero, negative and invalid values of Retry-After count as missing', () => {
  test.each(UNUSABLE)('%j', (text) => {
    expect(retryAfterMs(new Headers({ 'retry-after': text }), NOW)).toBeNull()
    expect(retryAfterMs(new Headers({ 'retry-after-ms': text }), NOW)).toBeNull()
  })
})
