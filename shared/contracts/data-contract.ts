import * as z from 'zod'
import { count, cursor, day, instant, nextCursor, pageLimit, withoutPattern } from './fields.ts'

/** Which sync an answer shows. Null before the first successful one. */
export const asOfSchema = z
  .strictObject({ syncId: z.string(), syncedAt: instant, from: day, to: day, stale: z.boolean() })
  .meta({ id: 'AsOf' })

const numbers = { requests: count, inputTokens: count, cachedInputTokens: count, outputTokens: count }
const modelRow = z.strictObject({ model: z.string(), ...numbers })
const dayRow = z.strictObject({ day, ...numbers, models: z.array(modelRow) })

export const userSchema = z
  .strictObject({
    id: z.string(),
    kind: z.enum(['person', 'service_account']),
    email: z.string().nullable(),
    name: z.string().nullable(),
    role: z.string().nullable(),
    accountStatus: z.enum(['active', 'disabled', 'banned', 'removed']),
    seat: z
      .strictObject({
        type: z.enum(['member', 'guest']),
        reason: z.enum(['owner', 'scim', 'company_domain', 'external_domain', 'default']),
      })
      .nullable(),
    license: z.enum(['in_use', 'unused', 'no_data']).nullable(),
    lastActiveOn: day.nullable(),
    lastActivitySource: z.enum(['usage', 'api_key']).nullable(),
    ...numbers,
    addedAt: instant.nullable(),
    removedAt: instant.nullable(),
    projects: z
      .array(z.strictObject({ id: z.string(), name: z.string().nullable(), role: z.string().nullable() }))
      .nullable(),
    dailyRequests: z.array(count),
  })
  .meta({ id: 'User' })

/** What a list of users can be sorted by; `-` before it reverses. */
export const SORT_FIELDS = ['name', 'email', 'role', 'lastActiveOn', 'requests', 'addedAt', 'removedAt'] as const
const sorts = SORT_FIELDS.flatMap((field) => [field, `-${field}` as const])

/** What asks for CSV where a client cannot send `Accept: text/csv`. */
const format = z.enum(['json', 'csv']).optional()

export const userListQuery = z.strictObject({
  q: z.string().trim().min(1).max(200).optional(),
  role: z.string().min(1).max(100).optional(),
  excludeRole: z.string().min(1).max(100).optional().meta({
    description: 'Leaves out those with this role, such as `owner`; keeps those whose role the provider does not say.',
  }),
  seat: z.enum(['member', 'guest']).optional(),
  license: z.enum(['in_use', 'unused', 'no_data']).optional(),
  accountStatus: z.enum(['active', 'disabled', 'banned', 'removed', 'any']).default('active'),
  kind: z.enum(['person', 'service_account', 'any']).default('person'),
  idleDays: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, { error: 'must be a whole number from 1 to 999' })
    .transform(Number)
    .optional()
    .meta({ override: withoutPattern({ type: 'integer', minimum: 1, maximum: 999 }) }),
  sort: z.enum(sorts).default('name'),
  format,
  limit: pageLimit,
  cursor,
})

export const userListSchema = z.strictObject({
  items: z.array(userSchema),
  nextCursor,
  total: count.meta({ description: 'How many users match, on all pages together.' }),
  asOf: asOfSchema.nullable(),
})

export const rangeQuery = z.strictObject({ from: day.optional(), to: day.optional(), format })
export const usageQuery = z.strictObject({
  from: day.optional(),
  to: day.optional(),
  groupBy: z.enum(['day', 'model', 'user']).default('day'),
  format,
})

export const userUsageSchema = z.strictObject({
  items: z.array(dayRow),
  nextCursor,
  asOf: asOfSchema.nullable(),
})

const userRow = z.strictObject({
  userId: z.string().nullable(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  kind: z.enum(['member', 'service_account', 'former_member', 'not_listed', 'unattributed']),
  ...numbers,
})

export const usageSchema = z.strictObject({
  asOf: asOfSchema.nullable(),
  from: day.nullable(),
  to: day.nullable(),
  groupBy: z.enum(['day', 'model', 'user']),
  items: z.union([z.array(dayRow), z.array(modelRow), z.array(userRow)]),
  nextCursor,
  total: z.strictObject(numbers),
})

export const licensesSchema = z
  .strictObject({
    asOf: asOfSchema.nullable(),
    people: z.strictObject({ active: count, disabled: count, banned: count }),
    serviceAccounts: count,
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
export type UsageQuery = z.output<typeof usageQuery>
export type WireUsage = z.output<typeof usageSchema>
export type WireLicenses = z.output<typeof licensesSchema>
