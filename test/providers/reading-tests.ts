import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { ProviderDriver } from './provider-driver.ts'
import { type ScriptedOrganization, startScriptedOrganization } from './scripted-organization.ts'
import { rejectionOf } from './scripted-server.ts'

/** Unusual ids. Each must be returned unchanged, also when it is a page's cursor. */
const ODD_IDS = [
  'a b',
  'a+b',
  'a/b?c=d&e#f',
  '%2F',
  'ä €',
  '😀',
  '__proto__',
  'constructor',
  '..',
  'x'.repeat(300),
  '0',
]

/** Tests of reading a directory page by page. */
export function readingTests(driver: ProviderDriver): void {
  const { directory, directoryCursor } = driver.replies
  let scripted: ScriptedOrganization
  beforeAll(async () => {
    scripted = await startScriptedOrganization(driver)
  })
  afterAll(() => scripted.close())

  /** Answers with these ids, in pages of this size. */
  function pages(ids: readonly string[], size: number): void {
    scripted.server.answers((url) => {
      const from = ids.indexOf(directoryCursor(url) ?? '') + 1
      return directory(ids.slice(from, from + size), from + size < ids.length)
    })
  }
  const readIds = async () => (await scripted.open().organization.directory.read()).map(({ userId }) => userId)

  test('follows every page to the end, and reports its progress', async () => {
    const ids = Array.from({ length: 25 }, (_, index) => `user-${index}`)
    pages(ids, 10)
    const read: number[] = []
    const people = await scripted.open().organization.directory.read((count) => read.push(count))
    expect(people.map(({ userId }) => userId)).toEqual(ids)
    expect(read).toEqual([10, 20, 25])
    expect(scripted.server.requests).toHaveLength(3)
  })

  test('returns nobody for an empty directory', async () => {
    scripted.server.answers(() => directory([]))
    expect(await readIds()).toEqual([])
  })

  test('returns unusual ids unchanged, each of them once as a cursor', async () => {
    pages(ODD_IDS, 1)
    expect(await readIds()).toEqual(ODD_IDS)
  })

  test('counts a person who occurs twice once', async () => {
    scripted.server.answers(() => directory(['ana', 'bob', 'ana']))
    expect((await readIds()).toSorted()).toEqual(['ana', 'bob'])
  })

  test('of only the first page takes one request, even if more pages follow', async () => {
    scripted.server.answers(() => directory(['ana', 'bob'], true))
    const people = await scripted.open().organization.directory.readFirstPage()
    expect(people.map(({ userId }) => userId)).toEqual(['ana', 'bob'])
    expect(scripted.server.requests).toHaveLength(1)
  })

  describe('that could lose people is refused:', () => {
    test.each<[string, (index: number) => ReturnType<typeof directory>]>([
      ['pages that go round in circles', () => directory(['ana'], true)],
      ['pages without an id', () => directory([''])],
    ])('%s', async (_title, answer) => {
      scripted.server.answers((_url, index) => answer(index))
      expect(await rejectionOf(readIds())).toMatchObject({ code: 'unexpected_reply', dataSet: 'directory' })
    })

    test('an oversized page, which is requested once', async () => {
      scripted.server.answers(() => directory(Array.from({ length: 500 }, (_, index) => `user-${index}`)))
      const { organization } = scripted.open({ maxReplyBytes: 1_000 })
      const error = await rejectionOf(organization.directory.read())
      expect(error).toMatchObject({ code: 'unexpected_reply', dataSet: 'directory' })
      expect(scripted.server.requests).toHaveLength(1)
    })
  })
}
