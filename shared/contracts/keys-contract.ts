import * as z from 'zod'
import { KEY_FINDINGS } from '../data-sets/keys/key-findings.ts'
import { KEY_KINDS, KEY_OWNER_KINDS } from '../data-sets/keys/keys.ts'
import { KEYS_SORT_FIELDS } from '../data-sets/keys/keys-query.ts'
import { KEY_OWNER_STATUSES, KEY_STATUSES } from '../data-sets/keys/owned-key.ts'
import { asOfSchema, csvFormat } from './data-contract.ts'
import { cost, count, cursor, day, instant, nextCursor, pageLimit } from './fields.ts'

const project = z.strictObject({ id: z.string(), name: z.string().nullable() })

export const keySchema = z
  .strictObject({
    id: z.string(),
    kind: z.enum(KEY_KINDS),
    name: z.string().nullable().meta({ description: 'What looks like a key in it is masked.' }),
    hint: z.string().max(4).nullable().meta({
      description: 'The last four characters of the key. Null if the provider does not mask the others.',
    }),
    project: project
      .nullable()
      .meta({ description: 'Null for keys of the whole organization: Admin keys are, and others can be.' }),
    owner: z
      .strictObject({
        kind: z.enum(KEY_OWNER_KINDS),
        id: z.string(),
        email: z.string().nullable(),
        name: z.string().nullable(),
        status: z.enum(KEY_OWNER_STATUSES),
      })
      .nullable(),
    createdAt: instant.nullable(),
    lastUsedOn: day.nullable().meta({
      description: 'Null if no use is known. Some providers only say whether a key was used within the window.',
    }),
    expiresAt: instant.nullable(),
    status: z.enum(KEY_STATUSES).meta({ description: 'As of the reading that is shown.' }),
    cost: cost.nullable().meta({ description: 'In the window. Null when costs by key were not read.' }),
    findings: z.array(z.enum(KEY_FINDINGS)).meta({ description: 'The most severe first.' }),
  })
  .meta({ id: 'Key' })

/** What is true of a key apart from its id, costs and findings. */
export const keyFacts = keySchema.pick({
  kind: true,
  name: true,
  hint: true,
  project: true,
  owner: true,
  createdAt: true,
  lastUsedOn: true,
  expiresAt: true,
  status: true,
})

/** `-` before a field reverses the order. */
const sorts = KEYS_SORT_FIELDS.flatMap((field) => [field, `-${field}` as const])

export const keyListQuery = z.strictObject({
  q: z.string().trim().min(1).max(200).optional(),
  kind: z.enum(KEY_KINDS).optional(),
  status: z.enum(KEY_STATUSES).optional(),
  ownerId: z.string().min(1).max(400).optional(),
  finding: z.enum([...KEY_FINDINGS, 'any']).optional(),
  sort: z.enum(sorts).default('findings').meta({
    description:
      '`findings`: the key with the most severe finding first, then by name. `-` before a field reverses the order.',
  }),
  format: csvFormat,
  limit: pageLimit,
  cursor,
})

export const keyListSchema = z.strictObject({
  items: z.array(keySchema),
  nextCursor,
  total: count,
  asOf: asOfSchema,
  notRead: z
    .array(
      z.strictObject({
        project: project.nullable().meta({ description: 'Null: the Admin keys.' }),
        code: z.string(),
        keysAsOf: instant.nullable().meta({ description: 'When its keys were read. Null if none are known.' }),
      }),
    )
    .meta({ description: 'The projects that the last reading could not read. Their keys are older than `asOf`.' }),
})

export type WireKey = z.output<typeof keySchema>
export type WireKeyList = z.output<typeof keyListSchema>
export type KeyListQuery = z.output<typeof keyListQuery>
