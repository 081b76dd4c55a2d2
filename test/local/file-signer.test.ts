import { execFile } from 'node:child_process'
import { createPublicKey, verify } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { FileSigner } from '../../local/services/file-signer.ts'
import { KeyFiles } from '../../local/services/key-files.ts'
import { WATCHDOG_MS } from '../watchdog.ts'

const run = promisify(execFile)
const SIGNER = new URL('../../local/services/file-signer.ts', import.meta.url).href
const SECRET = 'a long enough passphrase'
const TEXT = Buffer.from('{"reviewId":"01J8Z"}')
const FILE = 'signing-key.pem'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test.each([undefined, SECRET])(
  'A signature is verified by the public key, which survives a restart, encryption key: %s',
  async (secret) => {
    const signature = await new FileSigner(folder, secret).sign(TEXT)
    const { pem } = await new FileSigner(folder, secret).publicKey()
    expect(verify('sha256', TEXT, createPublicKey(pem), signature)).toBe(true)
    expect(readdirSync(folder)).toEqual([FILE])
    expect(statSync(join(folder, FILE)).mode & 0o777).toBe(0o600)
  },
)

test('With an encryption key, the file alone cannot be used', async () => {
  await new FileSigner(folder, SECRET).publicKey()
  expect(readFileSync(join(folder, FILE), 'utf8')).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----\n/)
  await expect(new FileSigner(folder, undefined).sign(TEXT)).rejects.toThrow()
  await expect(new FileSigner(folder, 'another long passphrase').sign(TEXT)).rejects.toThrow()
})

test('No key is made before it is needed, and a damaged one is not replaced', async () => {
  const signer = new FileSigner(folder, undefined)
  expect(readdirSync(folder)).toEqual([])
  writeFileSync(join(folder, FILE), '-----BEGIN')
  await expect(signer.sign(TEXT)).rejects.toThrow()
  expect(readFileSync(join(folder, FILE), 'utf8')).toBe('-----BEGIN')
})

test('Several signers that start at once use one key', async () => {
  const signers = Array.from({ length: 8 }, () => new FileSigner(folder, undefined))
  const ids = await Promise.all(signers.map(async (signer) => (await signer.publicKey()).keyId))
  expect(new Set(ids).size).toBe(1)
  expect(readdirSync(folder)).toEqual([FILE])
})

test('Several processes that start at once use one key', async () => {
  const program = `import { FileSigner } from '${SIGNER}'
    console.log((await new FileSigner(process.argv[1], undefined).publicKey()).keyId)`
  const keyIdOfProcess = async () => {
    const args = ['--no-warnings', '--input-type=module', '--eval', program, folder]
    return (await run(process.execPath, args, { timeout: WATCHDOG_MS })).stdout.trim()
  }
  const ids = await Promise.all([keyIdOfProcess(), keyIdOfProcess(), keyIdOfProcess()])
  expect(ids[0]).toMatch(/^[0-9a-f]{64}$/)
  expect(new Set(ids).size).toBe(1)
})

test('What a crash left of a new key is removed at the next start, and the key stays', async () => {
  const { keyId } = await new FileSigner(folder, undefined).publicKey()
  writeFileSync(join(folder, `${FILE}.5e0f6c5e.new`), 'left by a kill')
  await KeyFiles.open(folder, undefined)
  expect(readdirSync(folder).filter((name) => name.startsWith(FILE))).toEqual([FILE])
  expect((await new FileSigner(folder, undefined).publicKey()).keyId).toBe(keyId)
})
