import { directory } from './directory/directory.ts'
import { usage } from './usage/usage.ts'

/** Every day series. */
export const DAY_SERIES = [usage] as const

/** Every data set: the only list. */
export const DATA_SETS = [directory, ...DAY_SERIES] as const

export type RegisteredSeries = (typeof DAY_SERIES)[number]
export type SeriesId = RegisteredSeries['id']
