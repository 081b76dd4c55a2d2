import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { KeyFiles } from '../../local/services/key-files.ts'
import { AdminApiKey } from '../../shared/domain/admin-api-key.ts'
import { ORG } from '../builders.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('A key is written to a separate file, and the previous one stays intact until it is complete', async () => {
  const files = await KeyFiles.open(folder, undefined)
  await files.putKey(ORG, 1, new AdminApiKey('sk-admin-not-a-real-key-0000abcd'))
  // A folder is in the way of the new file.
  mkdirSync(join(folder, `${ORG}.json.new`))
  await expect(files.putKey(ORG, 2, new AdminApiKey('sk-admin-not-a-real-key-0000wxyz'))).rejects.toThrow()
  const found = await files.findKey(ORG)
  expect([found?.keyVersion, found?.key.hint]).toEqual([1, 'abcd'])
})
