import { describe, expect, test } from '@jest/globals'
import { freeText, visibleText } from '../../shared/contracts/fields.ts'
import { acceptanceRequest } from '../../shared/contracts/findings-contract.ts'

const isTaken = (text: string) => {
  const taken = freeText(100).safeParse(text).success
  expect(visibleText(100).safeParse(text).success).toBe(taken)
  return taken
}

describe('A text with a character that nobody sees is refused:', () => {
  test.each([
    ['a control character', '\u0007'],
    ['a line break', '\n'],
    ['a line separator', '\u2028'],
    ['a mark from left to right', '\u200e'],
    ['a mark from right to left', '\u200f'],
    ['an Arabic letter mark', '\u061c'],
    ['an embedding', '\u202a'],
    ['an override', '\u202e'],
    ['an isolate', '\u2066'],
    ['the end of an isolate', '\u2069'],
    ['a soft hyphen', '\u00ad'],
    ['a blank of no width', '\u200b'],
    ['a word joiner', '\u2060'],
    ['an invisible plus', '\u2064'],
    ['a byte order mark', '\ufeff'],
    ['a Hangul filler', '\u3164'],
    ['a tag', '\u{e0041}'],
    ['the beginning of an annotation', '\ufff9'],
  ])('%s', (_, character) => {
    expect(isTaken(`one${character}two`)).toBe(false)
  })
})

describe('A text that needs joiners or variants is taken:', () => {
  test.each([
    ['Persian', 'علی\u200cرضا'],
    ['Hindi', 'क्\u200dष'],
    ['an emoji of several', '👩\u200d💻 bot'],
    ['an emoji in color', 'with ❤\ufe0f'],
    ['a variant of a Japanese character', '葛\u{e0100}城'],
    ['accents', 'Łukasz José'],
  ])('%s', (_, text) => {
    expect(isTaken(text)).toBe(true)
  })
})

test.each(['', ' ', '\u200d', ' \u200c\ufe0f '])('A text in which there is nothing to see is none: %j', (text) => {
  expect(freeText(100).safeParse(text).success).toBe(false)
})

describe('A text with a key is refused:', () => {
  test.each([
    ['of a provider', 'use sk-admin-0123456789abcdefWXYZ'],
    ['of a provider, with a joiner inside', 'use sk-admin-012345\u200d6789abcdefWXYZ'],
    ['of AWS, with its secret', 'AKIAIOSFODNN7EXAMPLE wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
    ['of AWS, for some hours', 'key=ASIAIOSFODNN7EXAMPLE'],
  ])('%s', (_, text) => {
    expect(isTaken(text)).toBe(false)
  })
})

test.each([
  'AKIA keys are moved next week',
  'AKIATRANSPORTATIONSYSTEMS of Poland',
  'asiaiosfodnn7example',
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4',
  'ticket OPS-2026-ABCDEFGHIJKLMNOP',
])('An ordinary text is no key: %s', (text) => {
  expect(isTaken(text)).toBe(true)
})

test('A reason has at most 1,000 characters, as people count them', () => {
  const isReason = (reason: string) => acceptanceRequest.safeParse({ reason }).success
  expect(isReason('🦊'.repeat(1_000))).toBe(true)
  expect(isReason('x'.repeat(1_001))).toBe(false)
})
