import { createHash, timingSafeEqual } from 'node:crypto'
import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager'

/** The shortest interval between two searches for an unknown version. */
const READ_AGAIN_AFTER_MS = 60_000

/** During a rotation CloudFront sends the previous version for some minutes. */
const LABELS = ['AWSCURRENT', 'AWSPREVIOUS'] as const

interface OriginSecretOptions {
  readonly client: SecretsManagerClient
  readonly secretId: string
  readonly now: () => Date
}

/** The secret that proves that a call came through CloudFront. It is cached in memory after the first read. */
export class OriginSecret {
  private readonly options: OriginSecretOptions
  private known: readonly string[] = []
  private readAtMs = -Infinity

  constructor(options: OriginSecretOptions) {
    this.options = options
  }

  /**
   * True for the secret's current and previous value. Other values trigger another read, at most once a minute. Throws
   * errors of Secrets Manager.
   */
  async matches(sent: string | undefined): Promise<boolean> {
    if (sent === undefined) return false
    if (isAmong(sent, this.known)) return true
    const nowMs = this.options.now().getTime()
    if (nowMs - this.readAtMs < READ_AGAIN_AFTER_MS) return false
    this.known = await this.read()
    this.readAtMs = nowMs
    return isAmong(sent, this.known)
  }

  private async read(): Promise<string[]> {
    const values = await Promise.all(LABELS.map((label) => this.readVersion(label)))
    return values.filter((value) => value !== undefined)
  }

  /** A secret that was never rotated has no previous version. */
  private async readVersion(label: (typeof LABELS)[number]): Promise<string | undefined> {
    const { client, secretId } = this.options
    try {
      return (await client.send(new GetSecretValueCommand({ SecretId: secretId, VersionStage: label }))).SecretString
    } catch (error) {
      if (label === 'AWSPREVIOUS' && error instanceof ResourceNotFoundException) return undefined
      throw error
    }
  }
}

/** Compares digests, so the timing reveals neither the secret nor its length. */
function isAmong(sent: string, known: readonly string[]): boolean {
  const digest = digestOf(sent)
  return known.some((value) => timingSafeEqual(digest, digestOf(value)))
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
