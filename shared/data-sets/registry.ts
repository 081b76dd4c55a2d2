import { directory } from './directory/directory.ts'
import { usage } from './usage/usage.ts'

/** All day series. */
export const DAY_SERIES = [usage] as const

/** All data sets. This is the only list. */
export const DATA_SETS = [directory, ...DAY_SERIES] as const

export type RegisteredSeries = (typeof DAY_SERIES)[number]
export type SeriesId = RegisteredSeries['id']
