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
  type Tag,
} from '@aws-sdk/client-secrets-manager'
import * as z from 'zod'
import { AdminApiKey } from '../domain/admin-api-key.ts'
import type { KeyReader, KeyWriter } from '../ports/key-store.ts'

const ATTEMPTS = 6
const PAUSE_MS = 250

/** A secret that is being destroyed stayed in the way of a new key. */
export class SecretInTheWayError extends Error {
  readonly integrationId: string

  constructor(integrationId: string, cause: unknown) {
    super(`The secret of integration ${integrationId} is still being destroyed.`, { cause })
    this.name = 'SecretInTheWayError'
    this.integrationId = integrationId
  }
}

/**
 * Secrets Manager did not store a key. Names the exception and the request, by which AWS's own log tells the rest, and
 * holds nothing of the exception's text: who refuses a value may repeat it.
 */
export class KeyNotStoredError extends Error {
  readonly integrationId: string

  constructor(integrationId: string, error: unknown) {
    super(`The key of integration ${integrationId} was not stored: ${causeOf(error)}.`)
    this.name = 'KeyNotStoredError'
    this.integrationId = integrationId
  }
}

/** One secret an integration, named `<prefix>/<integrationId>`. */
export interface SecretsOptions {
  readonly client: SecretsManagerClient
  readonly prefix: string
}

export interface SecretsWriterOptions extends SecretsOptions {
  /** On every secret that is created. */
  readonly tags: Readonly<Record<string, string>>
  /** Encrypts every secret that is created, and what replaces its value. Without, Secrets Manager's own key does. */
  readonly kmsKeyId?: string | undefined
  /** The first pause while a destroyed secret is in the way; each further one is twice as long. */
  readonly pauseMs?: number
}

const secretSchema = z.object({ keyVersion: z.int(), key: z.string() })

/** Fails within seconds when Secrets Manager is silent: the SDK's own request timeout is none. */
export function createSecretsClient(config: SecretsManagerClientConfig = {}): SecretsManagerClient {
  return new SecretsManagerClient({
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
    ...config,
  })
}

/** Writes and destroys keys in Secrets Manager, and never asks for a permission to read one. */
export class SecretsKeyWriter implements KeyWriter {
  private readonly client: SecretsManagerClient
  private readonly prefix: string
  private readonly tags: Tag[]
  private readonly kmsKeyId: string | undefined
  private readonly pauseMs: number

  constructor({ client, prefix, tags, kmsKeyId, pauseMs = PAUSE_MS }: SecretsWriterOptions) {
    this.client = client
    this.prefix = prefix
    this.tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
    this.kmsKeyId = kmsKeyId
    this.pauseMs = pauseMs
  }

  /**
   * Creates the secret, or replaces its value when it exists. A secret of that name that is being destroyed is done
   * away with first. Throws `SecretInTheWayError` when that takes longer than about eight seconds, `KeyNotStoredError`
   * for anything else that Secrets Manager refuses.
   */
  async putKey(integrationId: string, keyVersion: number, key: AdminApiKey): Promise<void> {
    const name = this.nameOf(integrationId)
    const value = JSON.stringify({ keyVersion, key: key.reveal() })
    let inTheWay: unknown
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      if (attempt > 0) await sleep(this.pauseMs * 2 ** (attempt - 1))
      try {
        return await this.createOrReplace(name, value)
      } catch (error) {
        // What Secrets Manager says of a secret that is scheduled for deletion, in both calls; and of one that went
        // between them.
        inTheWay = new KeyNotStoredError(integrationId, error)
        if (!(error instanceof InvalidRequestException || error instanceof ResourceNotFoundException)) throw inTheWay
        // Somebody may have deleted it by hand, with a recovery window of days: it is wanted no more.
        await this.destroyKey(integrationId)
      }
    }
    throw new SecretInTheWayError(integrationId, inTheWay)
  }

  /** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html */
  async destroyKey(integrationId: string): Promise<void> {
    try {
      await this.client.send(
        new DeleteSecretCommand({ SecretId: this.nameOf(integrationId), ForceDeleteWithoutRecovery: true }),
      )
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error
    }
  }

  private async createOrReplace(name: string, value: string): Promise<void> {
    try {
      await this.client.send(
        new CreateSecretCommand({ Name: name, SecretString: value, Tags: this.tags, KmsKeyId: this.kmsKeyId }),
      )
    } catch (error) {
      if (!(error instanceof ResourceExistsException)) throw error
      // A replaced value stays readable as AWSPREVIOUS. Replaced twice by the same, AWSPREVIOUS is the new key too, and
      // the old one has no label left. Moving labels instead would take the permission to read the versions.
      for (const _ of ['AWSCURRENT', 'AWSPREVIOUS']) {
        await this.client.send(new PutSecretValueCommand({ SecretId: name, SecretString: value }))
      }
    }
  }

  private nameOf(integrationId: string): string {
    return secretName(this.prefix, integrationId)
  }
}

/** Reads keys from Secrets Manager. */
export class SecretsKeyReader implements KeyReader {
  private readonly client: SecretsManagerClient
  private readonly prefix: string

  constructor({ client, prefix }: SecretsOptions) {
    this.client = client
    this.prefix = prefix
  }

  async findKey(integrationId: string): Promise<{ key: AdminApiKey; keyVersion: number } | undefined> {
    const text = await this.findValue(secretName(this.prefix, integrationId))
    if (text === undefined) return undefined
    const { key, keyVersion } = parseSecret(text, integrationId)
    return { key: new AdminApiKey(key), keyVersion }
  }

  private async findValue(name: string): Promise<string | undefined> {
    try {
      return (await this.client.send(new GetSecretValueCommand({ SecretId: name }))).SecretString
    } catch (error) {
      if (error instanceof ResourceNotFoundException || error instanceof InvalidRequestException) return undefined
      throw error
    }
  }
}

/** The exception's or the system's own name for it, such as `AccessDeniedException` or `ECONNREFUSED`; never a message. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'what was thrown is no error'
  const requestId = error instanceof SecretsManagerServiceException ? error.$metadata.requestId : undefined
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : ''
  return `${error.name}${code}${requestId === undefined ? '' : ` (request ${requestId})`}`
}

/** Only ULIDs: a name cannot be led out of the prefix. */
function secretName(prefix: string, integrationId: string): string {
  if (!/^[0-9A-Z]{26}$/.test(integrationId)) throw new RangeError('An integration id must be a ULID.')
  return `${prefix}/${integrationId}`
}

/** Whatever is wrong with the value, no part of it may reach an error. */
function parseSecret(text: string, integrationId: string): z.infer<typeof secretSchema> {
  const parsed = z
    .string()
    .transform((json, context): unknown => {
      try {
        return JSON.parse(json)
      } catch {
        context.addIssue('not JSON')
        return z.NEVER
      }
    })
    .pipe(secretSchema)
    .safeParse(text)
  if (!parsed.success) throw new Error(`The secret of integration ${integrationId} is not as Rollcall wrote it.`)
  return parsed.data
}
