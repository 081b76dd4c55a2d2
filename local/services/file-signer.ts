import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Signer } from '../../shared/ports/signer.ts'
import { type PublicKey, publicKeyFrom } from '../../shared/reviews/public-key.ts'
import { createWhole } from './whole-file.ts'

const FILE = 'signing-key.pem'
const CIPHER = 'aes-256-cbc'

/**
 * Signs with a private key in the data folder (0600), which is created on first use and then never replaced. With a
 * secret, the file is encrypted. Both methods throw when the file cannot be read, written or decrypted.
 */
export class FileSigner implements Signer {
  private readonly path: string
  /** Private, so printing or serializing the object does not reveal them. */
  readonly #secret: string | undefined
  #key: KeyObject | undefined

  /** `secret` is `ROLLCALL_ENCRYPTION_KEY`, which `KeyFiles.open` has found to be the right one. */
  constructor(folder: string, secret: string | undefined) {
    this.path = join(folder, FILE)
    this.#secret = secret
  }

  async sign(bytes: Uint8Array): Promise<Uint8Array> {
    return sign('sha256', bytes, await this.privateKey())
  }

  async publicKey(): Promise<PublicKey> {
    const key = createPublicKey(await this.privateKey())
    return publicKeyFrom(key.export({ format: 'der', type: 'spki' }))
  }

  private async privateKey(): Promise<KeyObject> {
    this.#key ??= await this.readOrCreate()
    return this.#key
  }

  /** What the file says counts, also if another caller has just created it. */
  private async readOrCreate(): Promise<KeyObject> {
    if (!existsSync(this.path)) await createWhole(this.path, this.generated())
    const key = await readFile(this.path, 'utf8')
    return createPrivateKey({ key, ...(this.#secret !== undefined && { passphrase: this.#secret }) })
  }

  private generated(): string {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const encryption = this.#secret === undefined ? {} : { cipher: CIPHER, passphrase: this.#secret }
    return String(privateKey.export({ format: 'pem', type: 'pkcs8', ...encryption }))
  }
}
