import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { aPerson } from '../builders.ts'
import { startApiBench, type ApiBench } from './api-bench.ts'

let bench: ApiBench
beforeAll(async () => {
  bench = await startApiBench()
})
afterAll(() => bench.close())

test('Answers are compressed as the client prefers; one too large to send uncompressed is 406 with advice', async () => {
  // More than the 6 MB that Lambda can return.
  const people = Array.from({ length: 20 }, (_, index) =>
    aPerson({ userId: `user-${index}`, name: 'x'.repeat(320_000) }),
  )
  const large = await bench.connected({ name: 'Large' })
  await bench.publish(large, people, [])
  const target = `/integrations/${large}/users?format=csv`
  const plain = await bench.request('GET', target)
  expect([plain.status, plain.body]).toMatchObject([406, { code: 'response_too_large' }])
  expect(plain.text).toContain('Accept-Encoding: gzip')
  const { body } = await bench.request('GET', '/audit-events?limit=1')
  expect(body).toMatchObject({ items: [{ action: 'export', outcome: 'failed', code: 'response_too_large' }] })
  for (const [accepted, encoding] of [
    ['gzip', 'gzip'],
    ['br', 'br'],
    ['br;q=0.1, gzip;q=0.9', 'gzip'],
  ] as const) {
    const answer = await bench.request('GET', target, { headers: { 'accept-encoding': accepted } })
    expect([answer.status, answer.headers['content-encoding']]).toEqual([200, encoding])
    expect(answer.text.trimEnd().split('\r\n')).toHaveLength(21)
  }
  const small = await bench.request('GET', '/health', { headers: { 'accept-encoding': 'gzip' } })
  expect(small.headers['content-encoding']).toBeUndefined()
})
