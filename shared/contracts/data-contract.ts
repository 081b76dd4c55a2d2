import * as z from 'zod'
import { PERSON_KINDS } from '../data-sets/directory/directory-person.ts'
import { USER_STATUSES, USERS_SORT_FIELDS } from '../data-sets/directory/directory-user.ts'
import { ACTIVITY_SOURCES } from '../data-sets/directory/last-activity.ts'
import { LICENSE_STATUSES } from '../data-sets/directory/license.ts'
import { SEAT_REASONS, SEAT_TYPES } from '../data-sets/directory/seat.ts'
import { DAY_SERIES } from '../data-sets/registry.ts'
import { cost, count, cursor, day, instant, nextCursor, pageLimit, withoutPattern } from './fields.ts'
import { totalFields } from './measure-fields.ts'

/** The reading that an answer shows. Null before the first successful one. */
export const asOfSchema = z
  .strictObject({ syncId: z.string(), syncedAt: instant, from: day, to: day, stale: z.boolean() })
  .meta({ id: 'AsOf' })

const sources = z.array(z.string()).meta({
  description:
    'The data sets from which use is known: those that show use and were wholly read for the window of `asOf`. `unused` means no known use in these. One that is switched off, was last read on an earlier day, or lacks a part that the organization has is left out: an older reading of it, and the last use of a key as the directory itself states it (`api_key`), are still evidence of use, but their absence is none of idleness.',
})

export const userSchema = z
  .strictObject({
    id: z.string(),
    kind: z.enum(PERSON_KINDS),
    email: z.string().nullable(),
    name: z.string().nullable(),
    role: z.string().nullable(),
    accountStatus: z.enum(USER_STATUSES),
    seat: z
      .strictObject({
        type: z.enum(SEAT_TYPES),
        reason: z.enum(SEAT_REASONS),
      })
      .nullable(),
    license: z.enum(LICENSE_STATUSES).nullable(),
    lastActiveOn: day.nullable(),
    lastActivitySource: z.enum(ACTIVITY_SOURCES).nullable(),
    lastLoginOn: day.nullable().meta({
      description:
        'The last day on which the user signed in at the provider. Null if none is known: `dataSets` of the integration says since when sign-ins were read (`logins`), if at all. A sign-in is not use.',
    }),
    ...totalFields(DAY_SERIES),
    cost: cost.nullable().meta({ description: 'In the window. Null when costs of people were not read.' }),
    addedAt: instant.nullable(),
    removedAt: instant.nullable(),
    projects: z
      .array(z.strictObject({ id: z.string(), name: z.string().nullable(), role: z.string().nullable() }))
      .nullable(),
    dailyRequests: z.array(count),
  })
  .meta({ id: 'User' })

/** `-` before a field reverses the order. */
const sorts = USERS_SORT_FIELDS.flatMap((field) => [field, `-${field}` as const])

/** Requests CSV from clients that cannot send `Accept: text/csv`. */
export const csvFormat = z.enum(['json', 'csv']).optional()

export const userListQuery = z.strictObject({
  q: z.string().trim().min(1).max(200).optional(),
  role: z.string().min(1).max(100).optional(),
  excludeRole: z.string().min(1).max(100).optional().meta({
    description: 'Leaves out users with this role, such as `reader`. Users without a known role stay.',
  }),
  owner: z.enum(['true', 'false']).optional().meta({
    description:
      'Only users with a role that counts as owner (`true`), or all others (`false`). Users without a known role are not owners.',
  }),
  seat: z.enum(SEAT_TYPES).optional(),
  license: z.enum(LICENSE_STATUSES).optional(),
  accountStatus: z.enum([...USER_STATUSES, 'any']).default('active'),
  kind: z.enum([...PERSON_KINDS, 'any']).default('person'),
  idleDays: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, { error: 'must be a whole number from 1 to 999' })
    .transform(Number)
    .optional()
    .meta({ override: withoutPattern({ type: 'integer', minimum: 1, maximum: 999 }) }),
  sort: z.enum(sorts).default('name'),
  format: csvFormat,
  limit: pageLimit,
  cursor,
})

export const userListSchema = z.strictObject({
  items: z.array(userSchema),
  nextCursor,
  total: count.meta({ description: 'How many users match, on all pages together.' }),
  asOf: asOfSchema.nullable(),
  sources,
})

/** Days of the window. Default: all of it. */
export const rangeQuery = z.strictObject({ from: day.optional(), to: day.optional(), format: csvFormat })

export const licensesSchema = z
  .strictObject({
    asOf: asOfSchema.nullable(),
    sources,
    people: z.strictObject({ active: count, disabled: count, banned: count }),
    serviceAccounts: count,
    pendingInvites: count.nullable().meta({ description: 'Null when invitations were not read.' }),
    seats: z.strictObject({ member: count, guest: count }),
    licenses: z.strictObject({ inUse: count, unused: count, noData: count }),
    roles: z.array(z.strictObject({ role: z.string().nullable(), people: count })),
    activePeople: z.strictObject({ today: count, last7Days: count, last30Days: count }),
  })
  .meta({ id: 'Licenses' })

export type WireAsOf = z.output<typeof asOfSchema>
export type WireUser = z.output<typeof userSchema>
export type UserListQuery = z.output<typeof userListQuery>
export type RangeQuery = z.output<typeof rangeQuery>
export type WireLicenses = z.output<typeof licensesSchema>
