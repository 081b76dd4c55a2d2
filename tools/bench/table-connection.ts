import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import * as z from 'zod'

/** Where the emulated table is, and the access key id that it answers to. */
export const connectionSchema = z.object({ endpoint: z.string(), accessKeyId: z.string(), tableName: z.string() })

export type TableConnection = z.infer<typeof connectionSchema>

/** What a client needs to reach the table. */
export function clientConfig({ endpoint, accessKeyId }: TableConnection) {
  return { endpoint, region: 'eu-west-1', credentials: { accessKeyId, secretAccessKey: 'unused' } }
}

/** The SDK's own client, with nothing of ours around it: what the baselines use. */
export function bareClient(connection: TableConnection): DynamoDBClient {
  return new DynamoDBClient(clientConfig(connection))
}
