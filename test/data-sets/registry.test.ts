import { expect, test } from '@jest/globals'
import { measureNames } from '../../shared/data-sets/data-set.ts'
import { DATA_SETS, DAY_SERIES } from '../../shared/data-sets/registry.ts'

test('Ids are one lower-case word each and taken once: they are in paths, keys and operations', () => {
  const ids = DATA_SETS.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^[a-z]+$/)
})

test('No two series share a measure, which a user has side by side, and each has the one that counts as use', () => {
  const names = DAY_SERIES.flatMap((series): readonly string[] => measureNames(series))
  expect(new Set(names).size).toBe(names.length)
  for (const series of DAY_SERIES) expect(measureNames(series)).toContain(series.activity)
})
