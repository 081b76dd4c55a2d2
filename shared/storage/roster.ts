import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { GetCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import type { RosterEntry } from '../people/roster.ts'
import { RosterReplacedError, SnapshotMissingError } from './errors.ts'
import { packItems, unpackItems } from './snapshot-part.ts'
import { keys } from './table.ts'
import type { Table, Write } from './table-access.ts'

const entrySchema: z.ZodType<RosterEntry> = z.object({
  email: z.string(),
  name: z.string().nullable(),
  manager: z.string().nullable(),
  department: z.string().nullable(),
  endsOn: z.string().nullable(),
})

const pointerSchema = z.object({ generation: z.string(), parts: z.int() })
const pointerItemSchema = z.object({ current: pointerSchema.optional(), begun: z.string().optional() })
const partItemSchema = z.object({ sk: z.string(), data: z.instanceof(Uint8Array).optional() })

/** Which parts are the roster. A generation is immutable. */
export type RosterPointer = z.infer<typeof pointerSchema>

/**
 * The roster, in compressed parts of a generation. The pointer names the generation that is read, and the one whose upload began last. An
 * upload is published only if none began later and nothing was deleted meanwhile, so of several at once one is stored whole, and parts of
 * other generations are never published: they can be deleted at any time.
 */
export class RosterRepository {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  /** Undefined if no roster is stored. */
  async findPointer(): Promise<RosterPointer | undefined> {
    return (await this.readPointerItem()).current
  }

  /** Throws `SnapshotMissingError` if the roster was replaced or deleted after its pointer was read. */
  async readEntries({ generation, parts }: RosterPointer): Promise<RosterEntry[]> {
    const entries: RosterEntry[] = []
    let read = 0
    for await (const item of this.table.queryAll(keys.roster)) {
      const { sk, data } = partItemSchema.parse(item)
      if (data === undefined || !sk.startsWith(keys.rosterParts(generation))) continue
      entries.push(...unpackItems({ itemSchema: entrySchema }, data))
      read += 1
    }
    if (read < parts) throw new SnapshotMissingError(generation)
    return entries
  }

  /**
   * Stores a roster as a new generation, and deletes the previous one. Throws `RosterReplacedError` if another upload began or the roster
   * was deleted before this one was complete; then that change stands.
   */
  async replaceRoster(generation: string, entries: readonly RosterEntry[]): Promise<void> {
    await this.updatePointer({
      UpdateExpression: 'SET begun = :own',
      ExpressionAttributeValues: { ':own': generation },
    })
    const parts = packItems(entries).toArray()
    await this.table.batchWrite(parts.map((data, part) => ({ put: { ...keys.rosterPart(generation, part), data } })))
    try {
      await this.updatePointer({
        UpdateExpression: 'SET #current = :current REMOVE begun',
        ConditionExpression: 'begun = :own',
        ExpressionAttributeNames: { '#current': 'current' },
        ExpressionAttributeValues: { ':own': generation, ':current': { generation, parts: parts.length } },
      })
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error
      // The reply to a first attempt can be lost, and the SDK then repeats it.
      if ((await this.findPointer())?.generation !== generation) throw new RosterReplacedError()
    } finally {
      await this.deleteLeftovers()
    }
  }

  /** Deletes the roster, and ends uploads that are not complete. Can be repeated. */
  async deleteRoster(): Promise<void> {
    await this.updatePointer({
      UpdateExpression: 'REMOVE #current, begun',
      ExpressionAttributeNames: { '#current': 'current' },
    })
    await this.deleteLeftovers()
  }

  /** Ends an upload that began before `generation` and never finished, and deletes what is no part of the roster. */
  async cleanUp(generation: string): Promise<void> {
    try {
      await this.updatePointer({
        UpdateExpression: 'REMOVE begun',
        ConditionExpression: 'begun < :generation',
        ExpressionAttributeValues: { ':generation': generation },
      })
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error
    }
    await this.deleteLeftovers()
  }

  /** The pointer is read after the parts: what it does not name then can never be published. */
  private async deleteLeftovers(): Promise<void> {
    const found: string[] = []
    for await (const { sk } of this.table.queryAll(keys.roster, { only: ['sk'] })) found.push(String(sk))
    const { current, begun } = await this.readPointerItem()
    const kept = [current?.generation, begun].flatMap((each) => (each === undefined ? [] : keys.rosterParts(each)))
    const leftovers = found.filter(
      (sk) => sk !== keys.rosterPointer.sk && !kept.some((prefix) => sk.startsWith(prefix)),
    )
    await this.table.batchWrite(leftovers.map((sk): Write => ({ delete: { pk: keys.roster, sk } })))
  }

  private async readPointerItem(): Promise<z.infer<typeof pointerItemSchema>> {
    const { client, tableName } = this.table
    const { Item: item } = await client.send(
      new GetCommand({ TableName: tableName, Key: keys.rosterPointer, ConsistentRead: true }),
    )
    return item === undefined ? {} : pointerItemSchema.parse(item)
  }

  private async updatePointer(update: Omit<UpdateCommandInput, 'TableName' | 'Key'>): Promise<void> {
    const { client, tableName } = this.table
    await client.send(new UpdateCommand({ TableName: tableName, Key: keys.rosterPointer, ...update }))
  }
}
