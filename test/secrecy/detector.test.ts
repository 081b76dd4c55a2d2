import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { keysOf } from '../../local/simulated-openai/access.ts'
import { ENCODINGS } from './encodings.ts'
import { TextIndex } from './text-index.ts'
import { findTraces, keyTrace, personTrace } from './traces.ts'

const KEY = 'sk-admin-Zq7+PlantedKey/Of=Acme&Sons-WXYZ'
const PERSON = 'Zoë “Planted” O’Hara <zoe&co@acme.example>'
const RUNS = { numRuns: 30 }
const SURROGATES = { from: 0xd800, count: 0x800 }
/** Any character. The library's own unit `binary` takes a second to prepare. */
const anyCharacter = fc
  .nat({ max: 0x10ffff - SURROGATES.count })
  .map((code) => String.fromCodePoint(code < SURROGATES.from ? code : code + SURROGATES.count))

const traceOfKey = keyTrace('planted', KEY)
const traceOfPerson = personTrace('planted', PERSON)
const findingsIn = (text: string) => findTraces([{ name: 'a log', text }], [traceOfKey])
const personFindingsIn = (text: string) => findTraces([{ name: 'a log', text }], [traceOfPerson])

/** The encoders of the platform itself: what the detector looks for must be what these write. */
const WRITERS: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'in lower case': (text) => text.toLowerCase(),
  'in upper case': (text) => text.toUpperCase(),
  'in JSON': (text) => JSON.stringify({ text }),
  'in JSON, escaped': (text) =>
    text.replaceAll(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  'in a URL': (text) => `https://acme.example/?q=${encodeURIComponent(text)}`,
  'in a form': (text) => String(new URLSearchParams({ text })),
  'in a URL, every byte': (text) => Buffer.from(text).toString('hex').replaceAll(/../g, '%$&'),
  'in HTML': (text) =>
    text.replaceAll(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign),
  'in hex': (text) => Buffer.from(text).toString('hex').toUpperCase(),
  'in hex with spaces': (text) => (Buffer.from(text).toString('hex').match(/../g) ?? []).join(' '),
  'in base64': (text) => Buffer.from(text).toString('base64'),
  'in base64url': (text) => Buffer.from(text).toString('base64url'),
  'in UTF-16': (text) => Buffer.from(text, 'utf16le').toString('latin1'),
}

test('Every encoding in the search is produced by a platform function and found', () => {
  expect(ENCODINGS.map(({ name }) => name)).toEqual(Object.keys(WRITERS))
})

describe.each(Object.entries(WRITERS))('%s', (_, write) => {
  test('a key is found at any position and in any surroundings', () => {
    const around = fc.string({ unit: anyCharacter, maxLength: 9 })
    fc.assert(
      fc.property(around, around, (before, after) => findingsIn(write(before + KEY + after)).length === 1),
      RUNS,
    )
  })

  test('any eleven consecutive characters of its secret part are found', () => {
    const secret = KEY.slice('sk-admin-'.length, -4)
    for (let at = 0; at + 11 <= secret.length; at += 1) {
      expect(findingsIn(write(`key=${secret.slice(at, at + 11)},`))).toHaveLength(1)
    }
  })

  test('a person is found', () => {
    for (const before of ['', 'a', 'ab']) expect(personFindingsIn(write(`${before}${PERSON}.`))).toHaveLength(1)
  })
})

describe('a key is found as OpenAI’s error texts repeat it', () => {
  test.each([
    'Incorrect API key provided: sk-admin-Zq7***WXYZ.',
    'Incorrect API key provided: sk-admin-Zq7************************WXYZ. You can find your API key at',
    'the key ***********-WXYZ was refused',
    '{"authorization":"Bearer sk-admin-Zq7+…"}',
    Buffer.from('x Incorrect API key provided: sk-admin-Zq7***').toString('base64'),
  ])('%s', (text) => {
    expect(findingsIn(text)).toHaveLength(1)
  })
})

test('The visible parts of a key, its prefix and last four characters, and other keys are not reported', () => {
  const { admin, revoked } = keysOf('another')
  for (const text of [
    'sk-admin-…WXYZ',
    'Its prefix must be sk-admin-',
    '"keyHint":"WXYZ"',
    'sk-admin-Zz9',
    admin,
    revoked,
  ]) {
    expect(findingsIn(text)).toEqual([])
  }
})

test('Random texts and bytes contain none', () => {
  const places = fc.oneof(fc.string({ unit: anyCharacter }), fc.base64String({ maxLength: 2_000 }))
  fc.assert(
    fc.property(places, (text) => findingsIn(text).length === 0 && personFindingsIn(text).length === 0),
    RUNS,
  )
})

test('A finding names the place, the trace and the encoding, and never repeats the secret', () => {
  const findings = findTraces(
    [
      { name: 'stdout', text: 'nothing' },
      { name: 'stderr', text: `error ${btoa(KEY)}` },
    ],
    [keyTrace('the key of Acme', KEY), personTrace('somebody', PERSON)],
  )
  expect(findings).toEqual([{ place: 'stderr', trace: 'the key of Acme', encoding: 'in base64' }])
})

test('A key too short to be distinguished from chance is rejected', () => {
  expect(() => keyTrace('short', 'sk-admin-12345678WXYZ')).toThrow('too short')
})

test('The index finds exactly what is in a text', () => {
  const short = fc.string({ unit: fc.constantFrom('a', 'b', 'ü') })
  fc.assert(
    fc.property(short, short, short, (before, searched, after) => {
      expect(new TextIndex(before + searched + after).includes(searched)).toBe(true)
      expect(new TextIndex(before + after).includes(searched)).toBe((before + after).includes(searched))
    }),
    RUNS,
  )
})
