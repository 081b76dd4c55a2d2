import * as z from 'zod'
import type { PersonChange, UserDay, UserDayChange } from '../data-sets/changes.ts'
import type { Joined } from '../integrations/same-organization.ts'
import type { Snapshot, SnapshotPerson } from '../data-sets/snapshot.ts'
import { UsageTableBuilder } from '../data-sets/usage/usage-table-builder.ts'
import { daysOfWindow, type Window } from '../domain/window.ts'
import { batchGet } from './batch-get.ts'
import { UsageItemTooLargeError } from './errors.ts'
import { personSchema } from './person-item.ts'
import { keys } from './table.ts'
import type { Table, Write } from './table-access.ts'

/** As JSON, which is larger than what DynamoDB counts against its 400 KB an item. */
const MODELS_BYTES_AT_MOST = 300 * 1024

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

  /** Writes and deletes people; gives how many. `checkpoint` is called before each batch is sent and may throw to stop. */
  async writeUsers(integrationId: string, changes: Iterable<PersonChange>, checkpoint?: () => void): Promise<number> {
    return this.table.batchWrite(userWrites(integrationId, changes), { checkpoint })
  }

  /**
   * Writes and deletes users' days; gives how many. `onWritten` hears the number so far; `checkpoint` is called before
   * each batch and may throw to stop. Throws `UsageItemTooLargeError`.
   */
  async writeUsage(
    integrationId: string,
    changes: Iterable<UserDayChange>,
    onWritten?: (written: number) => void,
    checkpoint?: () => void,
  ): Promise<number> {
    return this.table.batchWrite(usageWrites(integrationId, changes), { onWritten, checkpoint })
  }

  /** Those of some people that are stored as present members, each of one integration. */
  async findMembers(
    wanted: readonly { readonly integrationId: string; readonly userId: string }[],
  ): Promise<(Joined & { readonly integrationId: string })[]> {
    const integrations = new Map(wanted.map(({ integrationId }) => [keys.users(integrationId), integrationId]))
    const userKeys = wanted.map(({ integrationId, userId }) => keys.user(integrationId, userId))
    const found = await batchGet(this.table, userKeys)
    return found.flatMap((item) => {
      const { userId, addedAt, removedAt } = personSchema.parse(item)
      const integrationId = integrations.get(String(item['pk']))
      return integrationId === undefined || removedAt !== null ? [] : [{ integrationId, userId, addedAt }]
    })
  }

  /** Everything stored of an integration whose usage lies in the window, as a snapshot. */
  async readRecord(integrationId: string, window: Window): Promise<Snapshot> {
    const people: SnapshotPerson[] = []
    for await (const item of this.table.queryAll(keys.users(integrationId))) people.push(personSchema.parse(item))
    const usage = new UsageTableBuilder(window)
    for (const day of daysOfWindow(window)) {
      for await (const item of this.table.queryAll(keys.usageDay(integrationId, day))) {
        const { userId, models } = userDaySchema.parse(item)
        for (const numbers of models) usage.add({ day, userId, ...numbers })
      }
    }
    return { people, usage: usage.build() }
  }

  /** Deletes all people, and the usage of the window's days. Repeating it is harmless. */
  async deleteRecord(integrationId: string, window: Window): Promise<void> {
    await this.table.deletePartition(keys.users(integrationId))
    for (const day of daysOfWindow(window)) await this.table.deletePartition(keys.usageDay(integrationId, day))
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
    if ('put' in change) {
      refuseTooLarge(change.put)
      yield { put: { ...key, ...change.put } }
    } else yield { delete: key }
  }
}

function refuseTooLarge({ day, models }: UserDay): void {
  const sizeBytes = Buffer.byteLength(JSON.stringify(models))
  if (sizeBytes > MODELS_BYTES_AT_MOST) throw new UsageItemTooLargeError(day, sizeBytes)
}
