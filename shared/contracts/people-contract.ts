import * as z from 'zod'
import { USER_STATUSES } from '../data-sets/directory/directory-user.ts'
import { LICENSE_STATUSES } from '../data-sets/directory/license.ts'
import { SEAT_TYPES } from '../data-sets/directory/seat.ts'
import { PEOPLE_SORT_FIELDS } from '../people/people-query.ts'
import { csvFormat, userListQuery, userSchema } from './data-contract.ts'
import { cost, count, cursor, day, instant, nextCursor, pageLimit, withoutPattern } from './fields.ts'

const { seat, license, role, accountStatus } = userSchema.shape

const membershipSchema = z.strictObject({
  integrationId: z.string(),
  integrationName: z.string(),
  provider: z.string(),
  userId: z.string(),
  role,
  accountStatus,
  seat,
  license,
  lastActiveOn: day.nullable(),
  requests: count,
  cost: cost.nullable().meta({
    description: 'In the window, in the main currency of the organization. Null when costs of people were not read.',
  }),
  keys: count.nullable().meta({ description: 'How many keys of theirs work. Null when keys were not read.' }),
})

export const personSchema = z
  .strictObject({
    id: z.string().meta({
      description:
        'Made of the address and a random value of this deployment. It stays the same as long as the address does.',
    }),
    email: z.string().nullable(),
    name: z.string().nullable(),
    department: z
      .string()
      .nullable()
      .meta({ description: 'As the roster says. Null without one, and for who is not in it.' }),
    manager: z.string().nullable().meta({ description: 'As the roster says.' }),
    lastActiveOn: day.nullable(),
    requests: count.meta({ description: 'In all organizations, in their windows.' }),
    costs: z
      .array(cost)
      .meta({ description: 'By currency, in all of them. Currencies are never added to each other.' }),
    memberships: z
      .array(membershipSchema)
      .meta({ description: 'All of them, also those that the filter does not ask for.' }),
  })
  .meta({ id: 'Person' })

/** `-` before a field reverses the order. */
const sorts = PEOPLE_SORT_FIELDS.flatMap((field) => [field, `-${field}` as const])

export const peopleQuery = z.strictObject({
  q: userListQuery.shape.q.meta({ description: 'A part of a name, an address, a department or a manager.' }),
  provider: z.string().min(1).max(100).optional(),
  integrationId: z.string().min(1).max(100).optional(),
  seat: z.enum(SEAT_TYPES).optional(),
  license: z.enum(LICENSE_STATUSES).optional(),
  outside: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: 'Whether the address is outside the company domains. Without known domains, none is.' }),
  owner: z.enum(['true', 'false']).optional().meta({ description: 'Whether the role counts as owner.' }),
  accountStatus: z
    .enum([...USER_STATUSES, 'any'])
    .default('active')
    .meta({
      description:
        'One membership has to match this and `provider`, `integrationId`, `seat`, `license`, `outside` and `owner`.',
    }),
  idleDays: userListQuery.shape.idleDays,
  minOrganizations: z
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

export const peopleSchema = z.strictObject({
  items: z.array(personSchema),
  nextCursor,
  total: count.meta({ description: 'How many people match, on all pages together.' }),
  rosterEntries: count.nullable().meta({ description: 'How many employees the roster lists. Null when none is set.' }),
  oldestSyncedAt: instant.nullable().meta({
    description: 'When the oldest of the shown readings of the organizations was published. Null before the first one.',
  }),
})

export type WirePerson = z.output<typeof personSchema>
export type WirePeople = z.output<typeof peopleSchema>
export type PeopleQuery = z.output<typeof peopleQuery>
