import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import { NameTakenError } from './errors.ts'
import { keys } from './table.ts'
import type { Table } from './table-access.ts'

const nameItemSchema = z.object({ integrationId: z.string() })

/** Who holds which name. Names are one when they differ in case, outer spaces or Unicode form only. */
export class NameRepository {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  /** The id of the integration that holds a name. */
  async findHolder(name: string): Promise<string | undefined> {
    const { client, tableName } = this.table
    const { Item: item } = await client.send(
      new GetCommand({ TableName: tableName, Key: keys.name(normalizeName(name)), ConsistentRead: true }),
    )
    return item === undefined ? undefined : nameItemSchema.parse(item).integrationId
  }

  /**
   * Takes a name for an integration. A name whose holder is stale (gone, or abandoned while connecting) is taken over,
   * on condition that nobody else took it meanwhile. Throws `NameTakenError`.
   */
  async reserveName(
    name: string,
    integrationId: string,
    isStale: (holderId: string) => Promise<boolean>,
  ): Promise<void> {
    if (await this.putIf(name, integrationId, { ConditionExpression: 'attribute_not_exists(pk)' })) return
    const holder = await this.findHolder(name)
    if (holder === integrationId) return
    if (holder !== undefined && !(await isStale(holder))) throw new NameTakenError()
    const condition =
      holder === undefined
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : { ConditionExpression: 'integrationId = :holder', ExpressionAttributeValues: { ':holder': holder } }
    if (!(await this.putIf(name, integrationId, condition))) throw new NameTakenError()
  }

  /** Frees a name if this integration holds it; else leaves it. */
  async releaseName(name: string, integrationId: string): Promise<void> {
    const { client, tableName } = this.table
    await ignoringFailedCondition(
      client.send(
        new DeleteCommand({
          TableName: tableName,
          Key: keys.name(normalizeName(name)),
          ConditionExpression: 'integrationId = :holder',
          ExpressionAttributeValues: { ':holder': integrationId },
        }),
      ),
    )
  }

  private async putIf(
    name: string,
    integrationId: string,
    condition: { ConditionExpression: string; ExpressionAttributeValues?: Record<string, unknown> },
  ): Promise<boolean> {
    const { client, tableName } = this.table
    const item = { ...keys.name(normalizeName(name)), integrationId }
    return ignoringFailedCondition(client.send(new PutCommand({ TableName: tableName, Item: item, ...condition })))
  }
}

function normalizeName(name: string): string {
  return name.normalize('NFC').trim().toLowerCase()
}

/** False when the condition did not hold. */
async function ignoringFailedCondition(sent: Promise<unknown>): Promise<boolean> {
  try {
    await sent
    return true
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false
    throw error
  }
}
