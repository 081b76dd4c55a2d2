import { expect, test } from '@jest/globals'
import { Token } from 'aws-cdk-lib'
import { largeEnvironment } from '../../infra/constructs/function-environment.ts'

const LIMIT_BYTES = 4_096

/** An environment that Lambda measures as so many bytes: `{"VERSION":"…"}`. */
function ofBytes(bytes: number) {
  return new Map([['VERSION', 'x'.repeat(bytes - '{"VERSION":""}'.length)]] as const)
}

/** The size that is complained of, for one variable with this value. */
function complainedOf(value: string): number | undefined {
  return largeEnvironment(new Map([['ROLE_RULES', value]] as const))?.bytes
}

test('Lambda measures the JSON text of all variables: at the limit they fit, with one more byte they do not', () => {
  expect(largeEnvironment(ofBytes(LIMIT_BYTES))).toBeUndefined()
  expect(largeEnvironment(ofBytes(LIMIT_BYTES + 1))).toEqual({ bytes: 4_097, limitBytes: LIMIT_BYTES, fields: [] })
})

test('Bytes count, not characters, and a quotation mark in a value counts twice', () => {
  // 17 bytes are around the value: {"ROLE_RULES":""}
  expect(complainedOf('"'.repeat(2_050))).toBe(4_117)
  expect(complainedOf('é'.repeat(2_050))).toBe(4_117)
  expect(complainedOf('e'.repeat(2_050))).toBeUndefined()
})

test('A value only known after deployment counts with its longest length', () => {
  const named = Token.asString({ Ref: 'Table' })
  const rest = LIMIT_BYTES - ',"TABLE_NAME":""'.length - 256
  expect(largeEnvironment(new Map([...ofBytes(rest), ['TABLE_NAME', named]] as const))).toBeUndefined()
  expect(largeEnvironment(new Map([...ofBytes(rest + 1), ['TABLE_NAME', named]] as const))).toBeDefined()
})

test('The largest of the fields comes first', () => {
  const variables = new Map([
    ['SCHEDULES', 'x'.repeat(1_000)],
    ['ADMIN_KEY_TAGS', 'x'.repeat(3_000)],
    ['ROLE_RULES', 'x'.repeat(500)],
  ] as const)
  expect(largeEnvironment(variables)?.fields.map(({ field }) => field)).toEqual(['tags', 'schedules', 'roles'])
})
