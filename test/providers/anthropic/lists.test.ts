import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { list, openOrganization, startScriptedAnthropic } from './anthropic-bench.ts'
import { rejectionOf } from '../scripted-server.ts'

let server: Awaited<ReturnType<typeof startScriptedAnthropic>>
beforeAll(async () => {
  server = await startScriptedAnthropic()
})
afterAll(() => server.close())

const ANA = {
  type: 'user',
  id: 'user_ana',
  email: ' Ana@acme.example ',
  name: 'Ana',
  role: 'developer',
  added_at: '2026-02-01T12:00:00+02:00',
}

test('A member has what Anthropic says, and is active', async () => {
  server.answers(() => list(ANA, { id: 'user_bare', email: '', name: null, role: 'user', added_at: null }))
  const bare = { userId: 'user_bare', email: null, name: null, role: 'user', addedAt: null }
  const common = { kind: 'person', accountStatus: 'active', scimManaged: false, apiKeyLastUsedAt: null, projects: null }
  expect(await openOrganization(server.baseUrl).directory.read()).toEqual([
    {
      ...common,
      userId: 'user_ana',
      email: 'Ana@acme.example',
      name: 'Ana',
      role: 'developer',
      addedAt: '2026-02-01T10:00:00.000Z',
    },
    { ...common, ...bare },
  ])
  expect(server.requests.map(({ url }) => url.pathname + url.search)).toEqual(['/v1/organizations/users?limit=1000'])
})

test('A member without a known time of joining in RFC 3339 is not believed', async () => {
  server.answers(() => list({ ...ANA, added_at: 1_772_323_200 }))
  expect(await rejectionOf(openOrganization(server.baseUrl).directory.read())).toMatchObject({
    code: 'unexpected_reply',
  })
})

test('The organization of a key is known', async () => {
  server.answers(() => ({ json: { id: 'org_1', name: 'Acme', type: 'organization' } }))
  expect(await openOrganization(server.baseUrl).identify()).toEqual({ id: 'org_1', name: 'Acme' })
  expect(server.requests.map(({ url }) => url.pathname)).toEqual(['/v1/organizations/me'])
})

describe('Invitations', () => {
  const anInvite = (overrides: Record<string, unknown>) => ({
    type: 'invite',
    id: 'invite_1',
    email: 'new@acme.example',
    role: 'user',
    status: 'pending',
    invited_at: '2026-03-01T10:00:00Z',
    expires_at: '2026-03-22T10:00:00Z',
    accepted_at: null,
    ...overrides,
  })
  const read = () => openOrganization(server.baseUrl).lists.invites.read()

  test('that nobody accepted or deleted are kept', async () => {
    server.answers(() =>
      list(
        anInvite({}),
        anInvite({ id: 'invite_2', status: 'expired' }),
        anInvite({ id: 'invite_3', status: 'accepted' }),
        anInvite({ id: 'invite_4', status: 'deleted' }),
        anInvite({ id: 'invite_5', accepted_at: '2026-03-02T10:00:00Z' }),
      ),
    )
    const common = {
      email: 'new@acme.example',
      role: 'user',
      invitedAt: '2026-03-01T10:00:00.000Z',
      expiresAt: '2026-03-22T10:00:00.000Z',
    }
    expect(await read()).toEqual({
      items: [
        { ...common, id: 'invite_1', status: 'pending' },
        { ...common, id: 'invite_2', status: 'expired' },
      ],
      rows: 5,
      isComplete: true,
    })
  })

  test('are continued after the last one', async () => {
    server.answers((url) =>
      url.searchParams.has('after_id')
        ? list(anInvite({ id: 'invite_2' }))
        : { json: { data: [anInvite({})], has_more: true, last_id: 'invite_1' } },
    )
    expect((await read()).items.map(({ id }) => id)).toEqual(['invite_1', 'invite_2'])
    expect(server.requests.map(({ url }) => url.searchParams.get('after_id'))).toEqual([null, 'invite_1'])
  })

  test('that the organization does not have are not available', async () => {
    server.answers(() => ({ status: 404 }))
    expect(await rejectionOf(read())).toMatchObject({ code: 'data_set_unavailable', dataSet: 'invites' })
  })
})
