import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import * as z from 'zod'

/** The emulated table's address, and the access key id that it accepts. */
export const connectionSchema = z.object({ endpoint: z.string(), accessKeyId: z.string(), tableName: z.string() })

export type TableConnection = z.infer<typeof connectionSchema>

/** The client configuration for the table. */
export function clientConfig({ endpoint, accessKeyId }: TableConnection) {
  return { endpoint, region: 'eu-west-1', credentials: { accessKeyId, secretAccessKey: 'unused' } }
}

/** The SDK's plain client, for the baselines. */
export function bareClient(connection: TableConnection): DynamoDBClient {
  return new DynamoDBClient(clientConfig(connection))
}
