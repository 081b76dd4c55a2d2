import * as z from 'zod'
import type { ListDataSet } from '../data-set.ts'
import { ACCOUNT_STATUSES, PERSON_KINDS, type SnapshotPerson } from './directory-person.ts'

/** A person, as stored in a user item and in a snapshot part. */
export const personSchema: z.ZodType<SnapshotPerson> = z.object({
  userId: z.string(),
  kind: z.enum(PERSON_KINDS),
  email: z.string().nullable(),
  name: z.string().nullable(),
  role: z.string().nullable(),
  accountStatus: z.enum(ACCOUNT_STATUSES),
  scimManaged: z.boolean(),
  addedAt: z.string().nullable(),
  apiKeyLastUsedAt: z.string().nullable(),
  projects: z.array(z.object({ id: z.string(), name: z.string().nullable(), role: z.string().nullable() })).nullable(),
  removedAt: z.string().nullable(),
})

/** The people and service accounts of the organization, with those who were removed lately. It is required, and recorded. */
export const directory = {
  kind: 'list',
  id: 'directory',
  itemSchema: personSchema,
  idOf: ({ userId }: SnapshotPerson) => userId,
} as const satisfies ListDataSet<SnapshotPerson>
