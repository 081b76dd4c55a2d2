import { describe, expect, test } from '@jest/globals'
import { contrast, distance, readTheme, VISIONS } from './palette.ts'

const GRAPHIC_AT_LEAST = 3
const TEXT_AT_LEAST = 4.5
/** Several times what can just be told apart. */
const APART_AT_LEAST = 0.09
const SERIES = [1, 2, 3, 4, 5, 6].map((number) => `--rc-series-${number}`)
const USE = ['--rc-series-1', '--rc-no-use', '--rc-series-6']
const SURFACES = ['--mantine-color-body', '--rc-surface', '--rc-surface-raised', '--rc-surface-sunken']
const TEXTS = ['--mantine-color-text', '--rc-text-muted', '--rc-link', '--rc-good', '--rc-no-use', '--rc-bad']

describe.each(['light', 'dark'] as const)('In the %s theme', (scheme) => {
  const color = readTheme(scheme)

  test.each([...SERIES, '--rc-no-use'])('%s has enough contrast with its background', (name) => {
    expect(contrast(color(name), color('--rc-surface'))).toBeGreaterThanOrEqual(GRAPHIC_AT_LEAST)
  })

  test.each(TEXTS)('text in %s is readable on every surface', (name) => {
    for (const surface of SURFACES) {
      expect({ surface, isReadable: contrast(color(name), color(surface)) >= TEXT_AT_LEAST }).toEqual({
        surface,
        isReadable: true,
      })
    }
  })

  test.each([
    ['--rc-good', '--rc-good-tint'],
    ['--rc-warn', '--rc-warn-tint'],
    ['--rc-bad', '--rc-bad-tint'],
    ['--rc-link', '--rc-info-tint'],
  ])('a badge’s %s is readable on its %s', (text, tint) => {
    expect(contrast(color(text), color(tint))).toBeGreaterThanOrEqual(TEXT_AT_LEAST)
  })

  test.each(Object.keys(VISIONS))('with %s no two parts of a chart are of one color', (vision) => {
    const matrix = VISIONS[vision] ?? []
    const near = [SERIES, USE].flatMap((parts) =>
      parts.flatMap((one, index) =>
        parts
          .slice(index + 1)
          .filter((other) => distance(color(one), color(other), matrix) < APART_AT_LEAST)
          .map((other) => `${one} and ${other}`),
      ),
    )
    expect(near).toEqual([])
  })
})

test('The measure detects colors that look the same with deuteranopia', () => {
  const deuteranopia = VISIONS['deuteranopia'] ?? []
  expect(distance('#12a594', '#8b93a3', deuteranopia)).toBeLessThan(0.03)
  expect(distance('#12a594', '#8b93a3', VISIONS['usual'] ?? [])).toBeGreaterThan(APART_AT_LEAST)
})
