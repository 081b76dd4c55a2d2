import { afterEach, describe, expect, test } from '@jest/globals'
import { User, UserManager, WebStorageStateStore } from 'oidc-client-ts'
import { OidcSession } from '../../../dashboard/src/session/oidc-session.ts'
import type { DashboardSignIn } from '../../../shared/contracts/dashboard-config.ts'

const SIGN_IN = {
  issuer: 'https://id.example.com',
  clientId: 'dashboard',
  scopes: ['openid'],
  signOutUrl: null,
} as const

describe('Somebody who is signed in', () => {
  afterEach(() => sessionStorage.clear())

  /** The header of a call after a sign-in with these tokens. */
  async function headerWith(sends: DashboardSignIn['sends'], tokens: { id_token?: string }) {
    const manager = new UserManager({
      authority: SIGN_IN.issuer,
      client_id: SIGN_IN.clientId,
      redirect_uri: `${location.origin}/signed-in`,
      userStore: new WebStorageStateStore({ store: sessionStorage }),
    })
    const profile = { iss: SIGN_IN.issuer, sub: 'ada', aud: SIGN_IN.clientId, iat: 0, exp: 0 }
    await manager.storeUser(new User({ access_token: 'access-1', token_type: 'Bearer', profile, ...tokens }))
    return new OidcSession({ ...SIGN_IN, sends }).authorization()
  }

  test.each([
    ['access_token', 'Bearer access-1'],
    ['id_token', 'Bearer id-1'],
  ] as const)('calls with the %s when the configuration says so', async (sends, header) => {
    expect(await headerWith(sends, { id_token: 'id-1' })).toBe(header)
  })

  test('sends nothing in place of an ID token that the issuer did not give', async () => {
    expect(await headerWith('id_token', {})).toBeUndefined()
  })
})
