import { costs } from './costs/costs.ts'
import { directory } from './directory/directory.ts'
import { invites } from './invites/invites.ts'
import { keys } from './keys/keys.ts'
import { logins } from './logins/logins.ts'
import { otherUsage } from './other-usage/other-usage.ts'
import { usage } from './usage/usage.ts'

/** All day series. What shows use is named in this order when several show it on one day. */
export const DAY_SERIES = [usage, otherUsage, costs] as const

/** All lists beside the directory. */
export const LISTS = [keys, invites, logins] as const

/** All data sets. This is the only list. */
export const DATA_SETS = [directory, ...DAY_SERIES, ...LISTS] as const

export type RegisteredSeries = (typeof DAY_SERIES)[number]
export type SeriesId = RegisteredSeries['id']
export type RegisteredList = (typeof LISTS)[number]
