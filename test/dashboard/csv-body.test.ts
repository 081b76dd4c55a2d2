import { gunzipSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import { csvBody } from '../../dashboard/src/api/csv-body.ts'
import { MAX_CSV_BODY_BYTES } from '../../shared/contracts/operation.ts'

test('A file that fits into a request is sent as it is', async () => {
  const text = `email\n${'é'.repeat((MAX_CSV_BODY_BYTES - 6) / 2)}`
  expect(await csvBody(text)).toEqual({ body: text, headers: { 'content-type': 'text/csv' } })
})

test('A larger one is compressed, and nothing of it is lost', async () => {
  const text = `email\n${'é'.repeat(MAX_CSV_BODY_BYTES / 2)}`
  const { body, headers } = await csvBody(text)
  expect(headers).toEqual({ 'content-type': 'application/gzip' })
  const sent = Buffer.from(await new Response(body).arrayBuffer())
  expect(sent.length).toBeLessThan(MAX_CSV_BODY_BYTES / 100)
  expect(gunzipSync(sent).toString('utf8')).toBe(text)
})
