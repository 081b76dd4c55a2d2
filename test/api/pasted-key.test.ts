import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { KEY, OTHER_KEY, startApiBench, type ApiBench } from './api-bench.ts'

let bench: ApiBench
beforeEach(async () => {
  bench = await startApiBench()
})
afterEach(() => bench.close())

test('A quoted key is refused with an explanation by every call that accepts a key', async () => {
  const id = await bench.connected()
  const quoted = `"${OTHER_KEY}"`
  const answers = [
    await bench.request('POST', '/key-checks', { json: { provider: 'openai', adminApiKey: quoted } }),
    await bench.connect({ name: 'Second', adminApiKey: quoted }),
    await bench.request('PATCH', `/integrations/${id}`, { json: { adminApiKey: quoted } }),
  ]
  for (const { status, body, text } of answers) {
    expect(status).toBe(400)
    expect(body).toMatchObject({ code: 'validation_failed', errors: [{ field: 'adminApiKey' }] })
    expect(text).toContain('quotation marks')
    expect(text).not.toContain(OTHER_KEY)
  }
  expect((await bench.request('GET', `/integrations/${id}`)).body).toMatchObject({
    state: 'connected',
    keyHint: KEY.slice(-4),
  })
})
