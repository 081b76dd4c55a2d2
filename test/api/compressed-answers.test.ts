import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { aPerson } from '../builders.ts'
import { OTHER_KEY, startApiBench, type ApiBench } from './api-bench.ts'

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

test('An answer too large even when compressed is 406, and says how to get everything', async () => {
  // Random text is compressed to three quarters at best, and sent as base64.
  const people = Array.from({ length: 25 }, (_, index) =>
    aPerson({ userId: `user-${index}`, name: randomBytes(240_000).toString('base64') }),
  )
  const large = await bench.connected({ name: 'Larger', adminApiKey: OTHER_KEY })
  await bench.publish(large, people, [])
  const headers = { 'accept-encoding': 'gzip' }
  const whole = await bench.request('GET', `/integrations/${large}/users?format=csv`, { headers })
  expect(whole.status).toBe(406)
  expect(whole.body).toMatchObject({ code: 'response_too_large' })
  expect(whole.text).toContain('request JSON in pages (limit and cursor)')
  expect(whole.text).not.toContain('Accept-Encoding')
  const page = await bench.request('GET', `/integrations/${large}/users?limit=10`, { headers })
  expect(page.status).toBe(200)
})
