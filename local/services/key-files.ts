import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { AdminApiKey } from '../../shared/domain/admin-api-key.ts'
import type { KeyReader, KeyWriter } from '../../shared/ports/key-store.ts'
import { ASIDE, asideOf, writeWhole } from './whole-file.ts'

const CIPHER = 'aes-256-gcm'
const CHECK_FILE = 'check.json'
const GENERATED_KEY_FILE = 'encryption.key'
const SALT_FILE = 'salt'

/** The stored keys were encrypted with a different key. */
export class WrongEncryptionKeyError extends Error {
  constructor() {
    super(
      'The stored Admin keys cannot be decrypted: ROLLCALL_ENCRYPTION_KEY is not the one they were encrypted with, or their files were changed. Set it as it was (unset, if it was), or set ROLLCALL_DATA_DIR to another folder.',
    )
    this.name = 'WrongEncryptionKeyError'
  }
}

const fileSchema = z.object({ keyVersion: z.number(), iv: z.string(), tag: z.string(), data: z.string() })

/**
 * Admin keys in one file each, encrypted with AES-256-GCM and bound to their integration and key version. With a
 * generated encryption key beside them, they are protected against accidental disclosure only.
 */
export class KeyFiles implements KeyReader, KeyWriter {
  private readonly folder: string
  /** Private, so printing or serializing the object does not reveal it. */
  readonly #encryptionKey: Buffer

  private constructor(folder: string, encryptionKey: Buffer) {
    this.folder = folder
    this.#encryptionKey = encryptionKey
  }

  /** Opens the folder. The encryption key is derived from `secret`; without it, a generated key file is used. */
  static async open(folder: string, secret: string | undefined): Promise<KeyFiles> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const encryptionKey =
      secret === undefined
        ? await readOrCreate(join(folder, GENERATED_KEY_FILE))
        : scryptSync(secret, await readOrCreate(join(folder, SALT_FILE)), 32)
    await removeLeftAside(folder)
    const files = new KeyFiles(folder, encryptionKey)
    await files.verify()
    return files
  }

  async putKey(integrationId: string, keyVersion: number, key: AdminApiKey): Promise<void> {
    await this.write(this.pathOf(integrationId), integrationId, keyVersion, key.reveal())
  }

  async findKey(integrationId: string): Promise<{ key: AdminApiKey; keyVersion: number } | undefined> {
    const path = this.pathOf(integrationId)
    if (!existsSync(path)) return undefined
    const { secret, keyVersion } = await this.read(path, integrationId)
    return { key: new AdminApiKey(secret), keyVersion }
  }

  async destroyKey(integrationId: string): Promise<void> {
    const path = this.pathOf(integrationId)
    await rm(path, { force: true })
    // Left by a crash in the middle of a write.
    await rm(asideOf(path), { force: true })
  }

  private async verify(): Promise<void> {
    const path = join(this.folder, CHECK_FILE)
    if (!existsSync(path)) return this.write(path, 'check', 0, 'rollcall')
    await this.read(path, 'check')
  }

  private pathOf(integrationId: string): string {
    if (!/^[0-9A-Z]{26}$/.test(integrationId)) throw new RangeError('An integration id must be a ULID.')
    return join(this.folder, `${integrationId}.json`)
  }

  private async write(path: string, owner: string, keyVersion: number, secret: string): Promise<void> {
    const iv = randomBytes(12)
    const cipher = createCipheriv(CIPHER, this.#encryptionKey, iv).setAAD(Buffer.from(`${owner}.${keyVersion}`))
    const data = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
    const [ivText, tag, dataText] = [iv, cipher.getAuthTag(), data].map((bytes) => bytes.toString('base64'))
    await writeWhole(path, JSON.stringify({ keyVersion, iv: ivText, tag, data: dataText }))
  }

  private async read(path: string, owner: string): Promise<{ secret: string; keyVersion: number }> {
    const { keyVersion, iv, tag, data } = fileSchema.parse(JSON.parse(await readFile(path, 'utf8')))
    try {
      const decipher = createDecipheriv(CIPHER, this.#encryptionKey, Buffer.from(iv, 'base64'))
        .setAAD(Buffer.from(`${owner}.${keyVersion}`))
        .setAuthTag(Buffer.from(tag, 'base64'))
      const secret = Buffer.concat([decipher.update(Buffer.from(data, 'base64')), decipher.final()]).toString('utf8')
      return { secret, keyVersion }
    } catch {
      throw new WrongEncryptionKeyError()
    }
  }
}

async function readOrCreate(path: string): Promise<Buffer> {
  if (!existsSync(path)) await writeWhole(path, randomBytes(32).toString('base64'))
  return Buffer.from(await readFile(path, 'utf8'), 'base64')
}

/** Temporary files of a crash in the middle of a write. Their keys were never in use. */
async function removeLeftAside(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.endsWith(ASIDE)) await rm(join(folder, name), { force: true })
  }
}
