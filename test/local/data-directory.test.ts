import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import {
  DataDirectoryInUseError,
  DataDirectoryUnusableError,
  holdDataDirectory,
} from '../../infra/local/data-directory.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const modeOf = (path: string) => statSync(path).mode & 0o777

test('The folder is for its owner alone, also one that was open to others, with the files in it', async () => {
  const data = join(folder, 'data')
  mkdirSync(join(data, 'keys'), { recursive: true })
  writeFileSync(join(data, 'keys', 'encryption.key'), 'x')
  for (const path of [data, join(data, 'keys')]) chmodSync(path, 0o755)
  chmodSync(join(data, 'keys', 'encryption.key'), 0o644)
  const held = await holdDataDirectory(data)
  expect([data, join(data, 'keys'), join(data, 'lock')].map(modeOf)).toEqual([0o700, 0o700, 0o700])
  expect([join(data, 'keys', 'encryption.key'), join(data, 'lock', 'LOCK')].map(modeOf)).toEqual([0o600, 0o600])
  await held.release()
})

test('A folder is held once at a time, and free again when it is released', async () => {
  const held = await holdDataDirectory(folder)
  const second = holdDataDirectory(folder, 0)
  await expect(second).rejects.toThrow(DataDirectoryInUseError)
  await expect(second).rejects.toThrow(folder)
  const waiting = holdDataDirectory(folder)
  await held.release()
  await (await waiting).release()
})

test('A folder that cannot be made is told with its name', async () => {
  const file = join(folder, 'file')
  writeFileSync(file, '')
  const held = holdDataDirectory(join(file, 'data'))
  await expect(held).rejects.toThrow(DataDirectoryUnusableError)
  await expect(held).rejects.toThrow(join(file, 'data'))
})
