import * as z from 'zod'
import type { PersonChange, UserDay, UserDayChange } from '../domain/changes.ts'
import type { Snapshot, SnapshotPerson } from '../domain/snapshot.ts'
import { UsageTable } from '../domain/usage-table.ts'
import { daysOfWindow, type Window } from '../domain/window.ts'
import { personSchema } from './person-item.ts'
import { keys } from './table.ts'
import type { Table, Write } from './table-access.ts'

const userDaySchema: z.ZodType<UserDay> = z.object({
  day: z.string(),
  userId: z.string().nullable(),
  models: z.array(
    z.object({
      model: z.string(),
      requests: z.number(),
      inputTokens: z.number(),
      cachedInputTokens: z.number(),
      outputTokens: z.number(),
    }),
  ),
})

/** The record: an item for each person, and one for each user's day. What can be queried and exported. */
export class RecordRepository {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  /** Writes and deletes people; gives how many. */
  async writeUsers(integrationId: string, changes: Iterable<PersonChange>): Promise<number> {
    return this.table.batchWrite(userWrites(integrationId, changes))
  }

  /** Writes and deletes users' days; gives how many. `onWritten` hears the number so far. */
  async writeUsage(
    integrationId: string,
    changes: Iterable<UserDayChange>,
    onWritten?: (done: number) => void,
  ): Promise<number> {
    return this.table.batchWrite(usageWrites(integrationId, changes), onWritten)
  }

  /** Everything stored of an integration whose usage lies in the window, as a snapshot. */
  async readRecord(integrationId: string, window: Window): Promise<Snapshot> {
    const people: SnapshotPerson[] = []
    for await (const item of this.table.queryAll(keys.users(integrationId))) people.push(personSchema.parse(item))
    const usage = new UsageTable(window)
    for (const day of daysOfWindow(window)) {
      for await (const item of this.table.queryAll(keys.usageDay(integrationId, day))) {
        const { userId, models } = userDaySchema.parse(item)
        for (const numbers of models) usage.add({ day, userId, ...numbers })
      }
    }
    return { people, usage }
  }
}

function* userWrites(integrationId: string, changes: Iterable<PersonChange>): Generator<Write> {
  for (const change of changes) {
    if ('put' in change) yield { put: { ...keys.user(integrationId, change.put.userId), ...change.put } }
    else yield { delete: keys.user(integrationId, change.delete) }
  }
}

function* usageWrites(integrationId: string, changes: Iterable<UserDayChange>): Generator<Write> {
  for (const change of changes) {
    const { day, userId } = 'put' in change ? change.put : change.delete
    const key = keys.usage(integrationId, day, userId)
    yield 'put' in change ? { put: { ...key, ...change.put } } : { delete: key }
  }
}
