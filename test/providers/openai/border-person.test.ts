import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { openOrganization } from './openai-bench.ts'
import { rejectionOf, startScriptedServer, type Scripted } from '../scripted-server.ts'

/*
 * “A listing whose border person vanished (404 on `after`) is read again from its start, three times at most.”
 */

let server: Awaited<ReturnType<typeof startScriptedServer>>
beforeAll(async () => {
  server = await startScriptedServer()
})
afterAll(() => server.close())

const UNKNOWN: Scripted = { status: 404, json: { error: { message: 'No such user', code: null } } }

function page(ids: string[], hasMore = false): Scripted {
  return { json: { data: ids.map((id) => ({ id, added_at: 1 })), has_more: hasMore } }
}

/** The directory when the next page cannot be had so many times. */
async function read(times: number, refusal = UNKNOWN) {
  let left = times
  server.answers((url) => {
    if (!url.searchParams.has('after')) return page(['ana', left > 0 ? 'leaving' : 'bob'], true)
    left -= 1
    return left >= 0 ? refusal : page(['cyn'])
  })
  return openOrganization(server.baseUrl).organization.directory.read()
}

describe('When the cursor’s person has left the directory', () => {
  test.each([1, 2, 3])(
    'for the %i. time, it is read again from its start, and people who left are not in it',
    async (times) => {
      expect((await read(times)).map((person) => person.userId)).toEqual(['ana', 'bob', 'cyn'])
      expect(server.requests).toHaveLength(2 * times + 2)
    },
  )

  test('a fourth time, the reading fails', async () => {
    expect(await rejectionOf(read(4))).toMatchObject({ code: 'unexpected_reply', dataSet: 'directory' })
    expect(server.requests).toHaveLength(8)
  })

  test('the status 400, which this API has for most it does not know, means the same', async () => {
    expect(await read(1, { ...UNKNOWN, status: 400 })).toHaveLength(3)
  })

  test('what the reading before had found is forgotten', async () => {
    server.answers((_url, index) => [page(['ana', 'leaving'], true), UNKNOWN, page(['ana', 'bob'])][index] ?? UNKNOWN)
    const people = await openOrganization(server.baseUrl).organization.directory.read()
    expect(people.map((person) => person.userId)).toEqual(['ana', 'bob'])
  })
})

test('A first page that is refused is no listing, and is asked for once', async () => {
  server.answers(() => UNKNOWN)
  expect(await rejectionOf(openOrganization(server.baseUrl).organization.directory.read())).toMatchObject({
    code: 'unexpected_reply',
  })
  expect(server.requests).toHaveLength(1)
})

test.each([
  [401, 'invalid_admin_key', 2],
  [403, 'insufficient_permissions', 2],
])('A %i on a later page is about the key', async (status, code, requests) => {
  expect(await rejectionOf(read(1, { status }))).toMatchObject({ code })
  expect(server.requests).toHaveLength(requests)
})
