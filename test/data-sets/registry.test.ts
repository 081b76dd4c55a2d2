import { expect, test } from '@jest/globals'
import { type DaySeries, measureNames } from '../../shared/data-sets/data-set.ts'
import { DATA_SETS, DAY_SERIES } from '../../shared/data-sets/registry.ts'

test('Ids are unique lower-case words with underscores between, since paths, keys and operations contain them', () => {
  const ids = DATA_SETS.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^[a-z]+(_[a-z]+)*$/)
})

test('Measures are unique across series, since a user has all of them, and each series has its main one', () => {
  const names = DAY_SERIES.flatMap((series): readonly string[] => measureNames(series))
  expect(new Set(names).size).toBe(names.length)
  for (const series of DAY_SERIES) expect(measureNames(series)).toContain(series.mainMeasure)
})

test('What counts as use are counts of the series', () => {
  for (const { measures, activity } of DAY_SERIES as readonly DaySeries[]) {
    if (activity === null) continue
    expect(measures.filter(({ kind }) => kind === 'count').map(({ name }) => name)).toEqual(
      expect.arrayContaining([...activity.measures]),
    )
  }
})
