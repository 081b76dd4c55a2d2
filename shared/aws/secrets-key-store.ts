import { setTimeout as sleep } from 'node:timers/promises'
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  GetSecretValueCommand,
  InvalidRequestException,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  SecretsManagerClient,
  type SecretsManagerClientConfig,
  SecretsManagerServiceException,
} from '@aws-sdk/client-secrets-manager'
import * as z from 'zod'
import { AdminApiKey } from '../domain/admin-api-key.ts'
import type { KeyReader, KeyWriter } from '../ports/key-store.ts'

const ATTEMPTS = 6
const PAUSE_MS = 250

/** The name of a new key's secret is still taken by a secret that is being destroyed. */
export class SecretInTheWayError extends Error {
  readonly integrationId: string

  constructor(integrationId: string, cause: unknown) {
    super(`The secret of integration ${integrationId} is still being destroyed.`, { cause })
    this.name = 'SecretInTheWayError'
    this.integrationId = integrationId
  }
}

/**
 * Secrets Manager did not store a key. The message contains the error's name and the request id, which identifies the
 * call in AWS's logs. It contains nothing of the error's message, which can quote the rejected value.
 */
export class KeyNotStoredError extends Error {
  readonly integrationId: string

  constructor(integrationId: string, error: unknown) {
    super(`The key of integration ${integrationId} was not stored: ${causeOf(error)}.`)
    this.name = 'KeyNotStoredError'
    this.integrationId = integrationId
  }
}

/** Options for one secret per integration, named `<prefix>/<integrationId>`. */
interface SecretsOptions {
  readonly client: SecretsManagerClient
  readonly prefix: string
}

interface SecretsWriterOptions extends SecretsOptions {
  /** Tags for every created secret. */
  readonly tags: Readonly<Record<string, string>>
  /** Encrypts the values of all secrets that are created or replaced. Default: Secrets Manager's own key. */
  readonly kmsKeyId?: string | undefined
  /**
   * The first pause while a destroyed secret blocks the name, in milliseconds. It doubles with each retry. Default:
   * 250.
   */
  readonly pauseMs?: number
}

const secretSchema = z.object({ keyVersion: z.int(), key: z.string() })

/**
 * Creates a client that fails within seconds when Secrets Manager does not answer. The SDK has no request timeout by
 * default.
 */
export function createSecretsClient(config: SecretsManagerClientConfig = {}): SecretsManagerClient {
  return new SecretsManagerClient({
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
    ...config,
  })
}

/** Writes and destroys keys in Secrets Manager. It never needs the permission to read one. */
export class SecretsKeyWriter implements KeyWriter {
  private readonly options: Required<SecretsWriterOptions>

  constructor(options: SecretsWriterOptions) {
    this.options = { kmsKeyId: undefined, pauseMs: PAUSE_MS, ...options }
  }

  /**
   * Creates the secret, or replaces the value of an existing one. A secret of that name that is being destroyed is
   * deleted first. Throws `SecretInTheWayError` when that takes longer than about eight seconds, and
   * `KeyNotStoredError` for other refusals.
   */
  async putKey(integrationId: string, keyVersion: number, key: AdminApiKey): Promise<void> {
    const name = secretName(this.options.prefix, integrationId)
    const value = JSON.stringify({ keyVersion, key: key.reveal() })
    let inTheWay: unknown
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      if (attempt > 0) await sleep(this.options.pauseMs * 2 ** (attempt - 1))
      try {
        return await this.createOrReplace(name, value)
      } catch (error) {
        // Both calls throw one of these errors for a secret that is scheduled for deletion or was deleted between them.
        inTheWay = new KeyNotStoredError(integrationId, error)
        if (!(error instanceof InvalidRequestException || error instanceof ResourceNotFoundException)) throw inTheWay
        // A secret deleted by hand has a recovery window of days. It is no longer needed, so it is destroyed at once.
        await this.destroyKey(integrationId)
      }
    }
    throw new SecretInTheWayError(integrationId, inTheWay)
  }

  /** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html */
  async destroyKey(integrationId: string): Promise<void> {
    try {
      const name = secretName(this.options.prefix, integrationId)
      await this.options.client.send(new DeleteSecretCommand({ SecretId: name, ForceDeleteWithoutRecovery: true }))
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error
    }
  }

  private async createOrReplace(name: string, value: string): Promise<void> {
    const { client, kmsKeyId } = this.options
    const tags = Object.entries(this.options.tags).map(([Key, Value]) => ({ Key, Value }))
    try {
      await client.send(new CreateSecretCommand({ Name: name, SecretString: value, Tags: tags, KmsKeyId: kmsKeyId }))
    } catch (error) {
      if (!(error instanceof ResourceExistsException)) throw error
      // The replaced value stays readable as AWSPREVIOUS. After writing the same value twice, AWSPREVIOUS is the new
      // key too, and the old key has no label left. Moving the labels instead would need the permission to read
      // versions.
      for (const _ of ['AWSCURRENT', 'AWSPREVIOUS']) {
        await client.send(new PutSecretValueCommand({ SecretId: name, SecretString: value }))
      }
    }
  }
}

/** Reads keys from Secrets Manager. */
export class SecretsKeyReader implements KeyReader {
  private readonly options: SecretsOptions

  constructor(options: SecretsOptions) {
    this.options = options
  }

  async findKey(integrationId: string): Promise<{ key: AdminApiKey; keyVersion: number } | undefined> {
    const text = await this.findValue(secretName(this.options.prefix, integrationId))
    if (text === undefined) return undefined
    const { key, keyVersion } = parseSecret(text, integrationId)
    return { key: new AdminApiKey(key), keyVersion }
  }

  private async findValue(name: string): Promise<string | undefined> {
    try {
      return (await this.options.client.send(new GetSecretValueCommand({ SecretId: name }))).SecretString
    } catch (error) {
      if (error instanceof ResourceNotFoundException || error instanceof InvalidRequestException) return undefined
      throw error
    }
  }
}

/** The error's own name, such as `AccessDeniedException` or `ECONNREFUSED`, never its message. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the thrown value is not an error'
  const requestId = error instanceof SecretsManagerServiceException ? error.$metadata.requestId : undefined
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : ''
  return `${error.name}${code}${requestId === undefined ? '' : ` (request ${requestId})`}`
}

/** Only ULIDs are accepted, so a name cannot leave the prefix. */
function secretName(prefix: string, integrationId: string): string {
  if (!/^[0-9A-Z]{26}$/.test(integrationId)) throw new RangeError('An integration id must be a ULID.')
  return `${prefix}/${integrationId}`
}

/** Whatever is wrong with the value, no part of it may appear in an error. */
function parseSecret(text: string, integrationId: string): z.infer<typeof secretSchema> {
  try {
    return secretSchema.parse(JSON.parse(text))
  } catch {
    throw new Error(`The secret of integration ${integrationId} has an unexpected format.`)
  }
}
