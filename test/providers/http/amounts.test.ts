import { expect, test } from '@jest/globals'
import * as z from 'zod'
import { amountUnits, parseReply } from '../../../shared/providers/http/reply.ts'

/* “Taken from the text of the reply (a number there is never read as a float).” */

const schema = z.object({ value: amountUnits, currency: z.string() })

test.each([
  ['0.1', 1_000_000_000n],
  ['-0.30000000000000004', -3_000_000_000n],
  ['90071992547409.93', 900_719_925_474_099_300_000_000n],
  ['9007199254740993', 90_071_992_547_409_930_000_000_000n],
  ['1.5e-7', 1_500n],
  ['0E-6176', 0n],
  ['"12.50"', 125_000_000_000n],
  ['"0E-6176"', 0n],
])('The amount %s is read as it is written', (written, units) => {
  const text = `{"value":${written},"currency":"usd"}`
  expect(parseReply(text, { schema, numbersAsText: true })).toEqual({ value: { value: units, currency: 'usd' } })
})

test.each(['null', 'true', '"twelve"', '[1]', '{"value":1}'])('%s is no amount', (written) => {
  const text = `{"value":${written},"currency":"usd"}`
  expect(parseReply(text, { schema, numbersAsText: true })).toMatchObject({ failure: { kind: 'malformed' } })
})

test('A number that was read as a float is no amount', () => {
  expect(parseReply('{"value":0.1,"currency":"usd"}', { schema })).toMatchObject({ failure: { kind: 'malformed' } })
})
