import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { startScriptedServer } from '../scripted-server.ts'
import { openOrganization } from './openai-bench.ts'

let server: Awaited<ReturnType<typeof startScriptedServer>>
beforeAll(async () => {
  server = await startScriptedServer()
})
afterAll(() => server.close())

test('Pending and expired invitations are kept from all pages; accepted ones and unknown states are not', async () => {
  const pages = [
    { id: 'a', email: ' a@acme.example ', role: 'owner', status: 'Pending', created_at: 1_772_323_200, expires_at: 0 },
    {
      id: 'b',
      email: 'b@acme.example',
      role: '',
      status: 'expired',
      created_at: '1772323200',
      expires_at: 1_772_323_201,
    },
    { id: 'c', email: 'c@acme.example', role: 'reader', status: 'accepted', created_at: 1 },
    { id: 'd', email: 'd@acme.example', role: 'reader', status: 'pending', accepted_at: 5, created_at: 1 },
    { id: 'e', status: 'withdrawn' },
    { id: 'f', status: 'pending' },
  ]
  server.answers((url) => {
    const from = pages.findIndex(({ id }) => id === url.searchParams.get('after')) + 1
    return { json: { data: pages.slice(from, from + 2), has_more: from + 2 < pages.length } }
  })
  expect(await openOrganization(server.baseUrl).organization.lists.invites.read()).toEqual({
    items: [
      {
        id: 'a',
        email: 'a@acme.example',
        role: 'owner',
        invitedAt: '2026-03-01T00:00:00.000Z',
        expiresAt: null,
        status: 'pending',
      },
      {
        id: 'b',
        email: 'b@acme.example',
        role: null,
        invitedAt: '2026-03-01T00:00:00.000Z',
        expiresAt: '2026-03-01T00:00:01.000Z',
        status: 'expired',
      },
      { id: 'f', email: null, role: null, invitedAt: null, expiresAt: null, status: 'pending' },
    ],
    rows: 6,
    isComplete: true,
  })
  expect(server.requests.map(({ url }) => url.searchParams.get('limit'))).toEqual(['100', '100', '100'])
})
