import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { KeyFiles, WrongEncryptionKeyError } from '../../local/services/key-files.ts'
import { AdminApiKey } from '../../shared/domain/admin-api-key.ts'
import { ORG } from '../builders.ts'

const SECRET = 'sk-admin-not-a-real-key-0000abcd'
const OTHER = `${ORG.slice(0, -1)}1`

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test.each([undefined, 'a long enough passphrase'])(
  'A key is read with its version, encryption key: %s',
  async (secret) => {
    await (await KeyFiles.open(folder, secret)).putKey(ORG, 3, new AdminApiKey(SECRET))
    const found = await (await KeyFiles.open(folder, secret)).findKey(ORG)
    expect(found?.key.reveal()).toBe(SECRET)
    expect(found?.keyVersion).toBe(3)
    for (const name of readdirSync(folder)) {
      expect(readFileSync(join(folder, name), 'utf8')).not.toContain(SECRET)
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
    }
  },
)

test('A different encryption key is detected when the folder is opened', async () => {
  await KeyFiles.open(folder, 'a long enough passphrase')
  await expect(KeyFiles.open(folder, 'another long passphrase')).rejects.toThrow(WrongEncryptionKeyError)
})

test('A file that was copied to another integration or changed is refused', async () => {
  const files = await KeyFiles.open(folder, undefined)
  await files.putKey(ORG, 1, new AdminApiKey(SECRET))
  const text = readFileSync(join(folder, `${ORG}.json`), 'utf8')
  writeFileSync(join(folder, `${OTHER}.json`), text)
  await expect(files.findKey(OTHER)).rejects.toThrow(WrongEncryptionKeyError)
  writeFileSync(join(folder, `${ORG}.json`), text.replace('"keyVersion":1', '"keyVersion":2'))
  await expect(files.findKey(ORG)).rejects.toThrow(WrongEncryptionKeyError)
})

test('A destroyed key is gone, destroying it again has no effect, and ids cannot leave the folder', async () => {
  const files = await KeyFiles.open(folder, undefined)
  await files.putKey(ORG, 1, new AdminApiKey(SECRET))
  writeFileSync(join(folder, `${ORG}.json.new`), 'left by a kill')
  await files.destroyKey(ORG)
  await files.destroyKey(ORG)
  expect(readdirSync(folder).filter((name) => name.startsWith(ORG))).toEqual([])
  expect(await files.findKey(ORG)).toBeUndefined()
  await expect(files.findKey('../encryption')).rejects.toThrow(RangeError)
})

test('Files left by a crash in the middle of a write are removed at the next start', async () => {
  await KeyFiles.open(folder, undefined)
  writeFileSync(join(folder, `${ORG}.json.new`), 'left by a kill')
  await KeyFiles.open(folder, undefined)
  expect(readdirSync(folder).filter((name) => name.endsWith('.new'))).toEqual([])
})
