import * as z from 'zod'
import { ACCOUNT_STATUSES, PERSON_KINDS, type SnapshotPerson } from '../data-sets/directory/directory-person.ts'

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
