import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import {
  DataDirectoryInUseError,
  DataDirectoryUnusableError,
  holdDataDirectory,
} from '../../local/services/data-directory.ts'
import { WATCHDOG_MS } from '../watchdog.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const modeOf = (path: string) => statSync(path).mode & 0o777

test('The folder and its files are readable only by the owner, even if they were open before', async () => {
  const data = join(folder, 'data')
  mkdirSync(join(data, 'keys'), { recursive: true })
  writeFileSync(join(data, 'keys', 'encryption.key'), 'x')
  for (const path of [data, join(data, 'keys')]) chmodSync(path, 0o755)
  chmodSync(join(data, 'keys', 'encryption.key'), 0o644)
  const held = await holdDataDirectory(data, 0)
  expect([data, join(data, 'keys'), join(data, 'lock')].map(modeOf)).toEqual([0o700, 0o700, 0o700])
  expect([join(data, 'keys', 'encryption.key'), join(data, 'lock', 'LOCK')].map(modeOf)).toEqual([0o600, 0o600])
  await held.release()
})

test('A folder is locked by one process at a time, and a waiting process gets it after the release', async () => {
  const held = await holdDataDirectory(folder, 0)
  const waiting = holdDataDirectory(folder, WATCHDOG_MS)
  const refused = holdDataDirectory(folder, 0)
  await expect(refused).rejects.toThrow(DataDirectoryInUseError)
  await expect(refused).rejects.toThrow(folder)
  await held.release()
  await (await waiting).release()
})

test('A folder that cannot be created is reported with its name', async () => {
  const file = join(folder, 'file')
  writeFileSync(file, '')
  const held = holdDataDirectory(join(file, 'data'), 0)
  await expect(held).rejects.toThrow(DataDirectoryUnusableError)
  await expect(held).rejects.toThrow(join(file, 'data'))
})
