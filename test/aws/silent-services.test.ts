import { once } from 'node:events'
import { createServer } from 'node:net'
import { ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { ListKeysCommand } from '@aws-sdk/client-kms'
import { ListSecretsCommand } from '@aws-sdk/client-secrets-manager'
import { ListQueuesCommand } from '@aws-sdk/client-sqs'
import { beforeAll, expect, test } from '@jest/globals'
import * as z from 'zod'
import { createKmsClient } from '../../shared/aws/kms-signer.ts'
import { createSecretsClient } from '../../shared/aws/secrets-key-store.ts'
import { createSqsClient } from '../../shared/aws/sqs-queue.ts'
import { createDocumentClient } from '../../shared/storage/document-client.ts'

const SECONDS_MS = 1_000
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }

/** An address without a listener. A client's configuration is only known after it tried to send. */
let endpoint: string
beforeAll(async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  endpoint = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  await new Promise((resolve) => server.close(resolve))
})

const config = () => ({ endpoint, credentials, region: 'eu-west-1', maxAttempts: 1 })

test.each([
  [
    'DynamoDB',
    async () => {
      const client = createDocumentClient(config())
      await expect(client.send(new ListTablesCommand())).rejects.toThrow('ECONNREFUSED')
      return client.config.requestHandler
    },
  ],
  [
    'Secrets Manager',
    async () => {
      const client = createSecretsClient(config())
      await expect(client.send(new ListSecretsCommand())).rejects.toThrow('ECONNREFUSED')
      return client.config.requestHandler
    },
  ],
  [
    'KMS',
    async () => {
      const client = createKmsClient(config())
      await expect(client.send(new ListKeysCommand())).rejects.toThrow('ECONNREFUSED')
      return client.config.requestHandler
    },
  ],
  [
    'SQS',
    async () => {
      const client = createSqsClient(config())
      await expect(client.send(new ListQueuesCommand())).rejects.toThrow('ECONNREFUSED')
      return client.config.requestHandler
    },
  ],
])('%s, when it is silent, is given up on within seconds: the SDK’s own timeout is none', async (_, tried) => {
  const { connectionTimeout, requestTimeout, throwOnRequestTimeout } = settingsOf(await tried())
  for (const timeout of [connectionTimeout, requestTimeout]) {
    expect(timeout).toBeGreaterThan(0)
    expect(timeout).toBeLessThanOrEqual(10 * SECONDS_MS)
  }
  expect(throwOnRequestTimeout).toBe(true)
})

const settingsSchema = z.object({
  connectionTimeout: z.number(),
  requestTimeout: z.number(),
  throwOnRequestTimeout: z.boolean(),
})

function settingsOf(handler: object) {
  if (!('httpHandlerConfigs' in handler) || typeof handler.httpHandlerConfigs !== 'function') {
    throw new Error('The client does not tell its settings.')
  }
  return settingsSchema.parse(handler.httpHandlerConfigs())
}
