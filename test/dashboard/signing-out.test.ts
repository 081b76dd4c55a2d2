import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { InMemoryWebStorage, User, UserManager, WebStorageStateStore } from 'oidc-client-ts'
import { endSession } from '../../dashboard/src/session/end-session.ts'

const HOME = 'https://rollcall.example.com/'
const CLIENT = 'dashboard'

/** What the issuer is like: what its discovery document names, and how it answers who gives a token back. */
let endpoints: Record<string, string>
let answersToRevocation: (form: URLSearchParams) => number
let revoked: (string | null)[]
let server: Server
let url: string
let warnings: string[]

beforeEach(async () => {
  endpoints = { revocation_endpoint: '/revoke' }
  answersToRevocation = () => 200
  revoked = []
  server = createServer((request, response) => {
    if (request.url === '/.well-known/openid-configuration') {
      const named = Object.entries(endpoints).map(([name, path]) => [name, url + path])
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ issuer: url, ...Object.fromEntries(named) }))
      return
    }
    answerRevocation(request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  warnings = []
  jest.spyOn(console, 'warn').mockImplementation((line) => void warnings.push(String(line)))
})
afterEach(async () => {
  jest.restoreAllMocks()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

async function answerRevocation(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const form = new URLSearchParams(await text(request))
  const status = answersToRevocation(form)
  if (status === 200) revoked.push(form.get('token'))
  response.writeHead(status, { 'content-type': 'application/json' }).end('{"error":"unsupported_token_type"}')
}

/** As Cognito does: https://docs.aws.amazon.com/cognito/latest/developerguide/revocation-endpoint.html */
function refusesAccessTokens(form: URLSearchParams): number {
  return form.get('token')?.startsWith('refresh-') === true ? 200 : 400
}

/** Signs somebody out who is signed in. Gives where the browser leaves for, and whether a token was left behind. */
async function signOut(signOutUrl: string | null = null): Promise<{ address: string | undefined; isLeft: boolean }> {
  const store = new InMemoryWebStorage()
  const manager = new UserManager({
    authority: url,
    client_id: CLIENT,
    redirect_uri: `${HOME}signed-in`,
    userStore: new WebStorageStateStore({ store }),
    stateStore: new WebStorageStateStore({ store }),
    requestTimeoutInSeconds: 5,
  })
  const tokens = { access_token: 'access-1', refresh_token: 'refresh-1', id_token: 'id-1', token_type: 'Bearer' }
  const profile = { iss: url, sub: 'ada', aud: CLIENT, iat: 0, exp: 0 }
  await manager.storeUser(new User({ ...tokens, profile }))
  const signIn = { issuer: url, clientId: CLIENT, scopes: ['openid'], sends: 'access_token', signOutUrl } as const
  const address = await endSession(manager, { signIn, homeUrl: HOME })
  return { address, isLeft: store.length > 0 }
}

test('With Cognito, which only revokes refresh tokens, signing out revokes the refresh token', async () => {
  answersToRevocation = refusesAccessTokens
  endpoints['end_session_endpoint'] = '/logout'
  expect(await signOut('https://people.example.com/logout')).toEqual({
    address: `https://people.example.com/logout?client_id=dashboard&logout_uri=${encodeURIComponent(HOME)}`,
    isLeft: false,
  })
  expect(revoked).toEqual(['refresh-1'])
  expect(warnings).toEqual([])
})

test('With an issuer that has an end-session endpoint, signing out redirects to it', async () => {
  endpoints['end_session_endpoint'] = '/end-session?tenant=1'
  const { address, isLeft } = await signOut()
  const { origin, pathname, searchParams } = new URL(address ?? '')
  expect([origin + pathname, Object.fromEntries(searchParams), isLeft]).toEqual([
    `${url}/end-session`,
    { tenant: '1', id_token_hint: 'id-1', client_id: CLIENT, post_logout_redirect_uri: HOME },
    false,
  ])
  expect(revoked).toEqual(['refresh-1'])
})

test('With an issuer without one, the session ends locally', async () => {
  expect(await signOut()).toEqual({ address: undefined, isLeft: false })
  expect(revoked).toEqual(['refresh-1'])
  expect(warnings).toEqual([])
})

test('An issuer without revocation gets no request, and nothing is reported', async () => {
  endpoints = { end_session_endpoint: '/end-session' }
  expect(await signOut()).toMatchObject({ address: expect.stringContaining('/end-session'), isLeft: false })
  expect([revoked, warnings]).toEqual([[], []])
})

test.each([400, 500])('A revocation answered with %i is reported, and the session still ends', async (status) => {
  answersToRevocation = () => status
  expect(await signOut('https://people.example.com/logout')).toMatchObject({
    address: expect.stringContaining('https://people.example.com/logout?'),
    isLeft: false,
  })
  expect(warnings).toEqual(['The issuer did not revoke the refresh token. It stays valid until it expires.'])
})

test('An issuer that does not answer is reported, and the session ends locally', async () => {
  server.closeAllConnections()
  server.close()
  expect(await signOut()).toEqual({ address: undefined, isLeft: false })
  expect(warnings).toEqual(['The issuer does not answer: its session could not be ended.'])
})
