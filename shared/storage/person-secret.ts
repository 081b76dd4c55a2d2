import { randomBytes } from 'node:crypto'
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import { keys } from './table.ts'
import type { Table } from './table-access.ts'

const BYTES = 32

const itemSchema = z.object({ secret: z.instanceof(Uint8Array) })

/** The random value of this table from which the ids of people over all organizations are made. It never changes. */
export class PersonSecretRepository {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  /** Returns the value. The first call creates it; of several at once, one does. */
  async readSecret(): Promise<Uint8Array> {
    return (await this.findSecret()) ?? this.createSecret()
  }

  private async findSecret(): Promise<Uint8Array | undefined> {
    const { client, tableName } = this.table
    const { Item: item } = await client.send(
      new GetCommand({ TableName: tableName, Key: keys.personSecret, ConsistentRead: true }),
    )
    return item && itemSchema.parse(item).secret
  }

  private async createSecret(): Promise<Uint8Array> {
    const { client, tableName } = this.table
    const item = { ...keys.personSecret, secret: randomBytes(BYTES) }
    try {
      await client.send(
        new PutCommand({ TableName: tableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' }),
      )
      return item.secret
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error
    }
    const created = await this.findSecret()
    if (created === undefined) throw new Error('The value for the ids of people has vanished.')
    return created
  }
}
