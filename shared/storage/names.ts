import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import { NameTakenError } from './errors.ts'
import { keys } from './table.ts'
import type { Table } from './table-access.ts'

const nameItemSchema = z.object({ integrationId: z.string(), reservationId: z.string() })
const sortKeySchema = z.object({ sk: z.string().regex(/^NAME#/) })

/** The integration that holds a name, and a ULID that is new for each reservation. */
export type NameHolder = z.output<typeof nameItemSchema>

/** The holders of names. Names are equal when they only differ in case, outer spaces or Unicode form. */
export class NameRepository {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  /** All reserved names, normalized, with their holders. */
  async listHeldNames(): Promise<{ name: string; holder: NameHolder }[]> {
    const held: { name: string; holder: NameHolder }[] = []
    for await (const item of this.table.queryAll(keys.names)) {
      held.push({ name: sortKeySchema.parse(item).sk.slice('NAME#'.length), holder: nameItemSchema.parse(item) })
    }
    return held
  }

  async findHolder(name: string): Promise<NameHolder | undefined> {
    const { client, tableName } = this.table
    const { Item: item } = await client.send(
      new GetCommand({ TableName: tableName, Key: keys.name(normalizeName(name)), ConsistentRead: true }),
    )
    return item === undefined ? undefined : nameItemSchema.parse(item)
  }

  /**
   * Reserves a name for an integration. A name with a stale holder is taken over, on the condition that its reservation
   * has not changed meanwhile. Throws `NameTakenError`.
   */
  async reserveName(
    name: string,
    reservation: NameHolder,
    isStale: (holder: NameHolder) => Promise<boolean>,
  ): Promise<void> {
    const whereFree = { ConditionExpression: 'attribute_not_exists(pk)' }
    if (await this.putIf(name, reservation, whereFree)) return
    const holder = await this.findHolder(name)
    const isOwn = holder?.integrationId === reservation.integrationId
    if (holder !== undefined && !isOwn && !(await isStale(holder))) throw new NameTakenError()
    const condition =
      holder === undefined
        ? whereFree
        : {
            ConditionExpression: 'integrationId = :holder AND reservationId = :reservation',
            ExpressionAttributeValues: { ':holder': holder.integrationId, ':reservation': holder.reservationId },
          }
    if (!(await this.putIf(name, reservation, condition))) throw new NameTakenError()
  }

  /** Frees a name if this integration holds it, with this reservation if one is given. */
  async releaseName(name: string, holder: { integrationId: string; reservationId?: string }): Promise<void> {
    const { client, tableName } = this.table
    const { integrationId, reservationId } = holder
    await ignoringFailedCondition(
      client.send(
        new DeleteCommand({
          TableName: tableName,
          Key: keys.name(normalizeName(name)),
          ConditionExpression: `integrationId = :holder${reservationId === undefined ? '' : ' AND reservationId = :reservation'}`,
          ExpressionAttributeValues: { ':holder': integrationId, ':reservation': reservationId },
        }),
      ),
    )
  }

  private async putIf(
    name: string,
    reservation: NameHolder,
    condition: { ConditionExpression: string; ExpressionAttributeValues?: Record<string, unknown> },
  ): Promise<boolean> {
    const { client, tableName } = this.table
    const item = { ...keys.name(normalizeName(name)), ...reservation }
    return ignoringFailedCondition(client.send(new PutCommand({ TableName: tableName, Item: item, ...condition })))
  }
}

/** Names are equal when their normalized forms are. */
export function normalizeName(name: string): string {
  return name.normalize('NFC').trim().toLowerCase()
}

/** False when the condition failed. */
async function ignoringFailedCondition(sent: Promise<unknown>): Promise<boolean> {
  try {
    await sent
    return true
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false
    throw error
  }
}
