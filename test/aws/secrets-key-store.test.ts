import { afterEach, beforeEach, expect, test } from '@jest/globals'
import {
  createSecretsClient,
  SecretInTheWayError,
  SecretsKeyReader,
  SecretsKeyWriter,
} from '../../shared/aws/secrets-key-store.ts'
import { AdminApiKey } from '../../shared/domain/admin-api-key.ts'
import { type Answer, type AwsServer, startAwsServer } from './aws-server.ts'

const ID = '01J8Z0000000000000000000AA'
const NAME = `Rollcall-test/admin-keys/${ID}`
const FIRST = new AdminApiKey('sk-admin-first')
const SECOND = new AdminApiKey('sk-admin-second')

/** Values by their labels, as long as Secrets Manager keeps them readable. */
interface Secret {
  tags?: unknown
  kmsKeyId?: unknown
  current: string
  previous?: string
}

let secrets: Map<string, Secret>
/** How many more calls a secret that is being destroyed refuses. */
let refusals: number
let server: AwsServer
let writer: SecretsKeyWriter
let reader: SecretsKeyReader

beforeEach(async () => {
  secrets = new Map()
  refusals = 0
  server = await startAwsServer(answer)
  const options = { client: createSecretsClient(server.config), prefix: 'Rollcall-test/admin-keys' }
  writer = new SecretsKeyWriter({ ...options, tags: { application: 'rollcall' }, pauseMs: 1 })
  reader = new SecretsKeyReader(options)
})
afterEach(() => server.close())

/** Secrets Manager, as far as it is used. */
function answer(call: string, parameters: Record<string, unknown>): Answer {
  const name = String(parameters['Name'] ?? parameters['SecretId'])
  const value = String(parameters['SecretString'])
  const secret = secrets.get(name)
  if (call === 'DeleteSecret') {
    if (parameters['ForceDeleteWithoutRecovery'] !== true) return { error: 'InvalidParameterException' }
    return secrets.delete(name) ? { body: {} } : { error: 'ResourceNotFoundException' }
  }
  if (refusals > 0) {
    refusals -= 1
    return { error: 'InvalidRequestException' }
  }
  if (call === 'CreateSecret') {
    if (secret !== undefined) return { error: 'ResourceExistsException' }
    secrets.set(name, { current: value, tags: parameters['Tags'], kmsKeyId: parameters['KmsKeyId'] })
    return { body: {} }
  }
  if (secret === undefined) return { error: 'ResourceNotFoundException' }
  if (call === 'GetSecretValue') return { body: { SecretString: secret.current } }
  if (call !== 'PutSecretValue') return { error: 'AccessDeniedException' }
  secrets.set(name, { ...secret, current: value, previous: secret.current })
  return { body: {} }
}

test('A key and its version are read as written', async () => {
  await writer.putKey(ID, 3, FIRST)
  const found = await reader.findKey(ID)
  expect([found?.keyVersion, found?.key.reveal()]).toEqual([3, 'sk-admin-first'])
  expect([...secrets.keys()]).toEqual([NAME])
})

test('A key is created with the deployment’s tags', async () => {
  await writer.putKey(ID, 1, FIRST)
  expect(secrets.get(NAME)?.tags).toEqual([{ Key: 'application', Value: 'rollcall' }])
})

test('A key is encrypted with the customer’s KMS key if there is one, also after a replacement', async () => {
  const kmsKeyId = 'arn:aws:kms:eu-central-1:111122223333:key/01234567-89ab-cdef-0123-456789abcdef'
  await writer.putKey(ID, 1, FIRST)
  expect(secrets.get(NAME)?.kmsKeyId).toBeUndefined()
  await writer.destroyKey(ID)
  const client = createSecretsClient(server.config)
  const underKey = new SecretsKeyWriter({ client, prefix: 'Rollcall-test/admin-keys', tags: {}, kmsKeyId, pauseMs: 1 })
  await underKey.putKey(ID, 2, FIRST)
  await underKey.putKey(ID, 3, SECOND)
  // Secrets Manager encrypts replaced values with the secret’s own key, and no call names another one.
  expect(secrets.get(NAME)?.kmsKeyId).toBe(kmsKeyId)
  expect(server.calls).not.toContain('UpdateSecret')
})

test('A replaced key cannot be read by any label, and replacing reads nothing', async () => {
  await writer.putKey(ID, 1, FIRST)
  await writer.putKey(ID, 2, SECOND)
  const second = JSON.stringify({ keyVersion: 2, key: 'sk-admin-second' })
  expect(secrets.get(NAME)).toMatchObject({ current: second, previous: second })
  expect(server.calls).toEqual(['CreateSecret', 'CreateSecret', 'PutSecretValue', 'PutSecretValue'])
})

test('A destroyed key is gone at once, and destroying it again has no effect', async () => {
  await writer.putKey(ID, 1, FIRST)
  await writer.destroyKey(ID)
  await writer.destroyKey(ID)
  expect(secrets.size).toBe(0)
  expect(await reader.findKey(ID)).toBeUndefined()
})

test('A secret that is still being destroyed is retried', async () => {
  refusals = 3
  await writer.putKey(ID, 1, FIRST)
  expect(secrets.get(NAME)?.current).toBe(JSON.stringify({ keyVersion: 1, key: 'sk-admin-first' }))
})

test('A secret that keeps blocking the name causes an error with the integration’s id and without the key', async () => {
  refusals = 100
  const refused = writer.putKey(ID, 1, FIRST)
  await expect(refused).rejects.toThrow(SecretInTheWayError)
  await expect(refused).rejects.toThrow(`The secret of integration ${ID} is still being destroyed.`)
})

test('A secret that is marked for deletion counts as missing', async () => {
  await writer.putKey(ID, 1, FIRST)
  refusals = 1
  expect(await reader.findKey(ID)).toBeUndefined()
})

test('An unexpected value causes an error that reveals nothing of it', async () => {
  for (const current of ['sk-admin-by-hand', '{"key":"sk-admin-by-hand"}']) {
    secrets.set(NAME, { current })
    await expect(reader.findKey(ID)).rejects.toThrow(
      new Error(`The secret of integration ${ID} has an unexpected format.`),
    )
  }
})

test('An id that is not a ULID is refused', async () => {
  for (const id of ['../payroll', 'a/b', '']) {
    await expect(writer.putKey(id, 1, FIRST)).rejects.toThrow(RangeError)
    await expect(writer.destroyKey(id)).rejects.toThrow(RangeError)
    await expect(reader.findKey(id)).rejects.toThrow(RangeError)
  }
  expect(server.calls).toEqual([])
})
