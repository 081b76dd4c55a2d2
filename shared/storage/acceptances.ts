import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import { SEVERITIES } from '../domain/finding.ts'
import type { Acceptance } from '../findings/acceptance.ts'
import { keys } from './table.ts'
import type { Table } from './table-access.ts'

const acceptanceSchema: z.ZodType<Acceptance> = z.object({
  findingId: z.string(),
  integrationId: z.string(),
  reason: z.string(),
  until: z.string().nullable(),
  by: z.object({ subject: z.string(), name: z.string().nullable() }),
  at: z.string(),
  severity: z.enum(SEVERITIES),
  cause: z.string(),
})

/** Accepted findings, all in one partition: people accept them one by one, and each answer about findings needs all. */
export class AcceptanceRepository {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  /** All acceptances, those that have ended too, in no particular order. */
  async listAcceptances(): Promise<Acceptance[]> {
    const found: Acceptance[] = []
    for await (const item of this.table.queryAll(keys.acceptances)) found.push(acceptanceSchema.parse(item))
    return found
  }

  /** Stores an acceptance, instead of an earlier one of the same finding. */
  async putAcceptance(acceptance: Acceptance): Promise<void> {
    const { client, tableName } = this.table
    const item = { ...keys.acceptance(acceptance.findingId), ...acceptance }
    await client.send(new PutCommand({ TableName: tableName, Item: item }))
  }

  /** Deletes an acceptance if there is one. With `at`, only the one of that time. */
  async deleteAcceptance(findingId: string, at?: string): Promise<void> {
    const { client, tableName } = this.table
    const condition = at !== undefined && {
      ConditionExpression: '#at = :at',
      ExpressionAttributeNames: { '#at': 'at' },
      ExpressionAttributeValues: { ':at': at },
    }
    try {
      await client.send(new DeleteCommand({ TableName: tableName, Key: keys.acceptance(findingId), ...condition }))
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error
    }
  }

  /** Deletes all acceptances of an integration. Can be repeated. */
  async deleteAcceptancesOf(integrationId: string): Promise<void> {
    const found = await this.listAcceptances()
    const own = found.filter((each) => each.integrationId === integrationId)
    await this.table.batchWrite(own.map(({ findingId }) => ({ delete: keys.acceptance(findingId) })))
  }
}
