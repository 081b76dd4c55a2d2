import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { openai } from '../../../shared/providers/openai/openai.ts'
import { openOrganization } from './openai-bench.ts'
import { NOW, rejectionOf, startScriptedServer } from '../scripted-server.ts'

let server: Awaited<ReturnType<typeof startScriptedServer>>
beforeAll(async () => {
  server = await startScriptedServer()
})
afterAll(() => server.close())

async function readUsers(...data: unknown[]) {
  server.answers(() => ({ json: { data, has_more: false } }))
  return openOrganization(server.baseUrl).organization.directory.read()
}

test('250 people take three requests, each after the last id before', async () => {
  const ids = Array.from({ length: 250 }, (_, index) => `user-${index}`)
  server.answers((url) => {
    const from = ids.indexOf(url.searchParams.get('after') ?? '') + 1
    const data = ids.slice(from, from + 100).map((id) => ({ id, added_at: 1 }))
    return { json: { data, has_more: from + 100 < ids.length } }
  })
  const read: number[] = []
  const people = await openOrganization(server.baseUrl).organization.directory.read((count) => read.push(count))
  expect(people.map((person) => person.userId)).toEqual(ids)
  expect(read).toEqual([100, 200, 250])
  expect(server.requests.map(({ url }) => url.search)).toEqual([
    '?limit=100',
    '?limit=100&after=user-99',
    '?limit=100&after=user-199',
  ])
})

test('a directory whose pages are too slow for its size has timed out, which is said as such', async () => {
  let now = NOW.getTime()
  server.answers((_url, index) => {
    now += 7_500
    return { json: { data: [{ id: `user-${index}`, added_at: 1 }], has_more: true } }
  })
  const { organization } = openOrganization(server.baseUrl, { now: () => new Date(now) })
  expect(await rejectionOf(organization.directory.read())).toMatchObject({ code: 'timed_out', dataSet: 'directory' })
  // Ten minutes of 7.5 seconds each.
  expect(server.requests).toHaveLength(80)
  expect(openai.advice('timed_out', 'directory')).toContain('reading the member directory took longer than a sync may')
})

test.each([undefined, null, 0, '', '0'])('an API key last used at %j was never used', async (api_key_last_used_at) => {
  const [person] = await readUsers({ id: 'user-1', added_at: 1, api_key_last_used_at })
  expect(person?.apiKeyLastUsedAt).toBeNull()
})

test('a person with everything said', async () => {
  const [person] = await readUsers({
    id: 'user-1',
    email: ' Ada@example.com ',
    name: ' Ada ',
    role: 'owner',
    added_at: 1_700_000_000,
    api_key_last_used_at: '1700000060',
    is_scim_managed: true,
    is_service_account: false,
    projects: { object: 'list', data: [{ id: 'proj-1', name: 'One', role: null }, { id: null }] },
    user: { object: 'user', id: 'user-1', enabled: false, banned: true },
    something_new: { at: 'all' },
  })
  expect(person).toEqual({
    userId: 'user-1',
    kind: 'person',
    email: 'Ada@example.com',
    name: 'Ada',
    role: 'owner',
    accountStatus: 'banned',
    scimManaged: true,
    addedAt: '2023-11-14T22:13:20.000Z',
    apiKeyLastUsedAt: '2023-11-14T22:14:20.000Z',
    projects: [{ id: 'proj-1', name: 'One', role: null }],
  })
})

test.each([
  [{ banned: true, enabled: false }, 'banned'],
  [{ banned: false, enabled: false }, 'disabled'],
  [{ banned: null, enabled: true }, 'active'],
  [{}, 'active'],
  [null, 'active'],
])('an account with the flags %j is %s', async (user, accountStatus) => {
  expect(await readUsers({ id: 'user-1', added_at: 1, user })).toMatchObject([{ accountStatus }])
})

test('a service account with next to nothing said', async () => {
  expect(
    await readUsers({
      id: 'user-2',
      email: '',
      name: null,
      role: ' ',
      created: '1700000000',
      is_service_account: true,
    }),
  ).toEqual([
    {
      userId: 'user-2',
      kind: 'service_account',
      email: null,
      name: null,
      role: null,
      accountStatus: 'active',
      scimManaged: false,
      addedAt: '2023-11-14T22:13:20.000Z',
      apiKeyLastUsedAt: null,
      projects: null,
    },
  ])
})

test('email and name stand in from the nested user', async () => {
  const [person] = await readUsers({ id: 'u', added_at: 1, email: '', user: { email: 'b@example.com', name: 'Bo' } })
  expect(person).toMatchObject({ email: 'b@example.com', name: 'Bo' })
})

test('an id met twice counts once, as read last', async () => {
  const people = await readUsers({ id: 'u', added_at: 1, role: 'reader' }, { id: 'u', added_at: 1, role: 'owner' })
  expect(people.map((person) => person.role)).toEqual(['owner'])
})

test('a list whose order changed while it was read is read again: somebody may have been passed over', async () => {
  const pages = [
    { data: ['ana', 'bob'], has_more: true },
    // Turned round: after bob comes ana, and cyn, who stood last, is passed over.
    { data: ['ana'], has_more: false },
    { data: ['cyn', 'bob'], has_more: true },
    { data: ['ana'], has_more: false },
  ]
  server.answers((_, index) => {
    const { data, ...page } = pages[index] ?? { data: [], has_more: false }
    return { json: { ...page, data: data.map((id) => ({ id, added_at: 1 })) } }
  })
  const people = await openOrganization(server.baseUrl).organization.directory.read()
  expect(people.map((person) => person.userId)).toEqual(['cyn', 'bob', 'ana'])
  expect(server.requests).toHaveLength(4)
})

test('the cursor itself, repeated at the head of the next page, is no change of order', async () => {
  server.answers((url) => {
    const data = url.searchParams.has('after') ? ['bob', 'cyn'] : ['ana', 'bob']
    return { json: { data: data.map((id) => ({ id, added_at: 1 })), has_more: !url.searchParams.has('after') } }
  })
  expect(await openOrganization(server.baseUrl).organization.directory.read()).toHaveLength(3)
  expect(server.requests).toHaveLength(2)
})

test('an empty page that announces more is followed by its last_id', async () => {
  server.answers((url) =>
    url.searchParams.has('after')
      ? { json: { data: [{ id: 'u', added_at: 1 }], has_more: false } }
      : { json: { data: [], has_more: true, last_id: 'user-9' } },
  )
  const people = await openOrganization(server.baseUrl).organization.directory.read()
  expect(people).toHaveLength(1)
  expect(server.requests[1]?.url.searchParams.get('after')).toBe('user-9')
})

describe('a listing that could lose people is refused', () => {
  test('one whose order changes each time it is read, after the third', async () => {
    // Three readings of two pages, each with the first one twice and somebody else beside them.
    server.answers((_, index) => {
      const data = index % 2 === 0 ? ['first', `other-${index}`] : ['first']
      return { json: { data: data.map((id) => ({ id, added_at: 1 })), has_more: index % 2 === 0 } }
    })
    const error = await rejectionOf(openOrganization(server.baseUrl).organization.directory.read())
    expect(error).toMatchObject({ code: 'unexpected_reply', dataSet: 'directory' })
    expect(server.requests).toHaveLength(6)
  })

  test('one whose pages are empty and announce more without end, after the tenth', async () => {
    server.answers((_, index) => ({ json: { data: [], has_more: true, last_id: `user-${index}` } }))
    const error = await rejectionOf(openOrganization(server.baseUrl).organization.directory.read())
    expect(error).toMatchObject({ code: 'unexpected_reply', dataSet: 'directory' })
    expect(server.requests).toHaveLength(10)
  })

  test.each<[string, unknown, number]>([
    ['no id', { data: [{ added_at: 1 }], has_more: false }, 2],
    ['a time in milliseconds', { data: [{ id: 'u', added_at: 1_700_000_000_000 }], has_more: false }, 2],
    ['no data', { has_more: false }, 2],
    ['data that is no list', { data: {}, has_more: false }, 2],
    ['no has_more', { data: [] }, 2],
    ['more announced and no cursor', { data: [], has_more: true, last_id: '' }, 1],
  ])('%s', async (_title, json, requests) => {
    server.answers(() => ({ json }))
    const error = await rejectionOf(openOrganization(server.baseUrl).organization.directory.read())
    expect(error).toMatchObject({ code: 'unexpected_reply', dataSet: 'directory' })
    expect(server.requests).toHaveLength(requests)
  })
})
