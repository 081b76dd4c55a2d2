import { createHash } from 'node:crypto'
import { GetPublicKeyCommand, KMSClient, type KMSClientConfig, SignCommand } from '@aws-sdk/client-kms'
import type { Signer } from '../ports/signer.ts'
import { type PublicKey, publicKeyFrom } from '../reviews/public-key.ts'

interface KmsSignerOptions {
  readonly client: KMSClient
  /** The ARN of an asymmetric key: ECC_NIST_P256 for SIGN_VERIFY. */
  readonly keyArn: string
}

/** KMS answered a call without what was asked for. */
export class UnexpectedKmsAnswerError extends Error {
  constructor(missing: string) {
    super(`KMS answered without ${missing}.`)
    this.name = 'UnexpectedKmsAnswerError'
  }
}

/** Creates a client that fails within seconds when KMS does not answer. The SDK has no request timeout by default. */
export function createKmsClient(config: KMSClientConfig = {}): KMSClient {
  return new KMSClient({
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
    ...config,
  })
}

/** Signs with a key that never leaves KMS. Every method throws the errors of KMS. */
export class KmsSigner implements Signer {
  private readonly options: KmsSignerOptions
  private known: PublicKey | undefined

  constructor(options: KmsSignerOptions) {
    this.options = options
  }

  /** KMS takes at most 4,096 bytes of a message, so it gets the digest: https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html */
  async sign(bytes: Uint8Array): Promise<Uint8Array> {
    const { client, keyArn } = this.options
    const { Signature: signature } = await client.send(
      new SignCommand({
        KeyId: keyArn,
        Message: createHash('sha256').update(bytes).digest(),
        MessageType: 'DIGEST',
        SigningAlgorithm: 'ECDSA_SHA_256',
      }),
    )
    if (signature === undefined) throw new UnexpectedKmsAnswerError('a signature')
    return signature
  }

  /** Read once and kept in memory: the key of an ARN never changes. */
  async publicKey(): Promise<PublicKey> {
    this.known ??= await this.readPublicKey()
    return this.known
  }

  /** https://docs.aws.amazon.com/kms/latest/APIReference/API_GetPublicKey.html */
  private async readPublicKey(): Promise<PublicKey> {
    const { client, keyArn } = this.options
    const { PublicKey: der } = await client.send(new GetPublicKeyCommand({ KeyId: keyArn }))
    if (der === undefined) throw new UnexpectedKmsAnswerError('a public key')
    return publicKeyFrom(der)
  }
}
