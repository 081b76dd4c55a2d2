import { describe, expect, test } from '@jest/globals'
import { noTimeout } from '../watchdog.ts'
import type { RequestBench } from './request-tests.ts'
import type { Scripted } from './scripted-server.ts'

/** Tests of which answers are retried, and after how long. */
export function retryTests({ empty, malformed, read, scripted }: RequestBench): void {
  describe('is retried after', () => {
    test.each<[string, Scripted]>([
      ['408', { status: 408 }],
      ['409', { status: 409 }],
      ['429', { status: 429 }],
      ['500', { status: 500 }],
      ['503 with HTML', { status: 503, text: '<html>' }],
      ['529', { status: 529 }],
      ['a body cut off', { ...empty, ending: 'cut' }],
      ['a body that is not JSON', { text: '<html>' }],
      ['JSON that ends early', { text: '{"data":[' }],
      ['a reply of the wrong form', malformed],
    ])('%s', async (_title, answer) => {
      const { outcome, waits, requests } = await read([answer, empty])
      expect({ outcome, requests }).toEqual({ outcome: [], requests: 2 })
      expect(waits).toHaveLength(1)
      expect(waits[0]).toBeGreaterThanOrEqual(250)
      expect(waits[0]).toBeLessThanOrEqual(500)
    })

    test('a body that never ends, when the attempt times out', async () => {
      const limits: number[] = []
      const firstAttempt = new AbortController()
      const { outcome, requests } = await read([{ ...empty, ending: 'hang' }, empty], {
        timeout: (ms) => (limits.push(ms) === 1 ? firstAttempt.signal : noTimeout()),
        fetch: async (...request) => {
          const response = await fetch(...request)
          // The first answer has begun. From here on, only the timeout can end it.
          if (scripted().server.requests.length === 1) setImmediate(() => firstAttempt.abort())
          return response
        },
      })
      expect({ outcome, requests, limits }).toEqual({ outcome: [], requests: 2, limits: [60_000, 60_000] })
    })
  })

  describe('waits as long as the reply requests:', () => {
    test.each<[string, Record<string, string>, number]>([
      ['in seconds', { 'retry-after': '90' }, 90_000],
      ['to a date', { 'retry-after': 'Tue, 10 Mar 2026 12:02:00 GMT' }, 120_000],
      ['in milliseconds first', { 'retry-after-ms': '1500', 'retry-after': '9' }, 1500],
    ])('%s', async (_title, headers, waitMs) => {
      expect(await read([{ status: 429, headers }, empty])).toEqual({ outcome: [], waits: [waitMs], requests: 2 })
    })

    test('each time, and then uses the answer', async () => {
      const busy = { status: 503, headers: { 'retry-after': '7' } }
      expect(await read([busy, busy, empty])).toEqual({ outcome: [], waits: [7_000, 7_000], requests: 3 })
    })

    test.each<[number, string]>([
      [429, 'provider_rate_limited'],
      [503, 'provider_unreachable'],
    ])('a wait past the deadline ends a %i at once', async (status, code) => {
      const { outcome, waits, requests } = await read([{ status, headers: { 'retry-after': '600' } }])
      expect(outcome).toMatchObject({ code })
      expect({ waits, requests }).toEqual({ waits: [], requests: 1 })
    })

    test.each<Record<string, string>>([
      {},
      { 'retry-after': 'later' },
      { 'retry-after': '0' },
      { 'retry-after': '-1' },
      { 'retry-after': 'Tue, 10 Mar 2026 11:00:00 GMT' },
      { 'retry-after-ms': '1' },
    ])('told %j, never shorter than its own back-off', async (headers) => {
      const { outcome, waits } = await read([{ status: 429, headers }])
      expect(outcome).toMatchObject({ code: 'provider_rate_limited' })
      expect(waits.map((ms, index) => 250 * 2 ** index <= ms && ms <= 500 * 2 ** index)).toEqual([
        true,
        true,
        true,
        true,
      ])
    })
  })
}
