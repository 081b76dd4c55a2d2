import { describe, expect, test } from '@jest/globals'
import { kindInWords, quantityInWords } from '../../dashboard/src/components/kinds-in-words.ts'
import { kindsOn, otherKindsOf } from '../../dashboard/src/pages/member/kinds-of-use.ts'

const day = (name: string, otherKinds: Parameters<typeof otherKindsOf>[0][number]['otherKinds']) => ({
  day: name,
  requests: 0,
  inputTokens: 0,
  cachedInputTokens: 0,
  outputTokens: 0,
  models: [],
  otherKinds,
})
const images = (requests: number, quantity: number) => ({ kind: 'images', requests, quantity, unit: 'images' }) as const
const stored = (quantity: number) => ({ kind: 'vector_stores', requests: 0, quantity, unit: 'bytes' }) as const
const EMBEDDINGS = { kind: 'embeddings', requests: 9, quantity: null, unit: null } as const

const DAYS = [
  day('2026-11-01', [images(2, 5), stored(7_000)]),
  day('2026-11-02', [EMBEDDINGS]),
  day('2026-11-03', [stored(3_000), images(1, 4)]),
]

describe('A person’s kinds of use', () => {
  test('add up requests and quantities of each kind by itself; what is stored is that of its latest day', () => {
    expect(otherKindsOf(DAYS)).toEqual([EMBEDDINGS, images(3, 9), stored(3_000)])
    expect(otherKindsOf([])).toEqual([])
  })

  test('of a day are named', () => {
    expect(kindsOn(DAYS, '2026-11-01')).toEqual(['images', 'vector_stores'])
    expect([kindsOn(DAYS, '2026-11-04'), kindsOn(DAYS, null)]).toEqual([[], []])
  })
})

test('A kind is a word, and a quantity has its unit', () => {
  expect(kindInWords('audio_speeches')).toBe('Audio speeches')
  expect(quantityInWords(1, 'images')).toBe('1 image')
  expect(quantityInWords(1_204, 'seconds')).toBe('1,204 seconds')
  expect(quantityInWords(0, 'bytes')).toBe('0 bytes')
  expect(quantityInWords(999, 'bytes')).toBe('999 bytes')
  expect(quantityInWords(3_210_000, 'bytes')).toBe('3.2 MB')
  expect(quantityInWords(7, null)).toBe('–')
  expect(quantityInWords(null, null)).toBe('–')
})
