import { afterEach, describe, expect, test } from '@jest/globals'
import type { OidcSignIn } from '../../infra/settings/stage-config.ts'
import { type ProviderIssuer, startProviderIssuer } from './provider-issuer.ts'
import { GOOGLE_ITSELF, type Provider, PROVIDERS } from './providers.ts'
import { recipeOf } from './recipes.ts'
import { callerWith, tokenOf } from './sign-in-without-browser.ts'

const ADA = { subject: 'ada-1', name: 'Ada Lovelace', email: 'ada@example.com' }

/** What each provider’s tokens call Ada. */
const NAMES: Readonly<Record<string, string | null>> = {
  'Microsoft Entra ID': 'Ada Lovelace',
  Okta: 'ada@example.com',
  Auth0: null,
  Keycloak: 'Ada Lovelace',
  Google: 'Ada Lovelace',
}

let issuer: ProviderIssuer | undefined
afterEach(async () => {
  await issuer?.close()
  issuer = undefined
})

/** Signs Ada in at a provider, with the recipe of docs/sign-in.md and what a test changes of it. Gives who calls the API then. */
async function signIn(
  provider: Provider,
  {
    chosen = [],
    change = {},
    claim,
  }: { chosen?: readonly string[]; change?: Partial<OidcSignIn>; claim?: string } = {},
) {
  const recipe = recipeOf(provider.name)
  const signIn = { ...recipe.signIn, ...change }
  issuer = await startProviderIssuer(provider, signIn, { ...ADA, roles: chosen })
  const roles = { ...recipe.roles, ...(claim !== undefined && { claim }) }
  const there = { signIn: issuer.signIn, roles }
  return callerWith(await tokenOf(there), there)
}

function named(name: string): Provider {
  const provider = PROVIDERS.find((each) => each.name === name)
  if (provider === undefined) throw new Error(`There is no provider ${name}.`)
  return provider
}

/** The dashboard's part of a recipe with some fields changed. */
function dashboardOf(name: string, change: Partial<NonNullable<OidcSignIn['dashboard']>>): Partial<OidcSignIn> {
  const { dashboard } = recipeOf(name).signIn
  return dashboard === undefined ? {} : { dashboard: { ...dashboard, ...change } }
}

describe.each(PROVIDERS)('With the recipe for $name', (provider) => {
  const { viewer, admin } = recipeOf(provider.name).roles

  test('an admin is known by role, by address, which decisions need, and by name, if the token has one', async () => {
    expect(await signIn(provider, { chosen: admin })).toMatchObject({
      role: 'admin',
      email: 'ada@example.com',
      name: NAMES[provider.name],
    })
  })

  test.each([
    ['a viewer', 'viewer', viewer],
    ['somebody with another role', null, ['somebody-else']],
    ['somebody without roles', null, []],
  ])('the role of %s is %s', async (_, role, chosen) => {
    expect((await signIn(provider, { chosen })).role).toBe(role)
  })
})

describe('Nobody can sign in', () => {
  test('at Entra ID without a scope of the API: the token is for Microsoft Graph', async () => {
    const change = dashboardOf('Microsoft Entra ID', { scopes: ['openid', 'profile'] })
    await expect(signIn(named('Microsoft Entra ID'), { change })).rejects.toThrow('The token is for "00000003-')
  })

  test('with Okta’s organization server: the token is opaque', async () => {
    await expect(signIn(named('Okta'), { change: { issuer: 'https://acme.okta.com' } })).rejects.toThrow(
      'Invalid Compact JWS',
    )
  })

  test('at Auth0 without an audience: the token is opaque', async () => {
    const change = dashboardOf('Auth0', { authorizeParameters: {} })
    await expect(signIn(named('Auth0'), { change })).rejects.toThrow('Invalid Compact JWS')
  })

  test('at Auth0 when the issuer lacks its last slash', async () => {
    const change = { issuer: 'https://acme.eu.auth0.com' }
    await expect(signIn(named('Auth0'), { change })).rejects.toThrow('unexpected "iss" claim value')
  })

  test('at Keycloak when the audience is the client, which is not in its tokens', async () => {
    const change = { audiences: ['rollcall-dashboard'] }
    await expect(signIn(named('Keycloak'), { change })).rejects.toThrow('The token is for ["rollcall","account"]')
  })

  test('at Keycloak when the claim is written with a dot, which is part of a name', async () => {
    const { admin } = recipeOf('Keycloak').roles
    expect(await signIn(named('Keycloak'), { chosen: admin, claim: 'realm_access.roles' })).toMatchObject({
      role: null,
    })
  })

  test('with Google itself: it requires a secret of the dashboard, which a page cannot keep', async () => {
    await expect(signIn(GOOGLE_ITSELF)).rejects.toThrow('client_secret is missing.')
  })
})

test('Without the recipe’s claim, tokens of Auth0 and Cognito have no address: the claim is elsewhere, or in the ID token alone', async () => {
  expect(await signIn(named('Auth0'), { change: { emailClaim: 'email' } })).toMatchObject({ email: null })
  await issuer?.close()
  const change = dashboardOf('Google', { sends: 'access_token' })
  expect(await signIn(named('Google'), { change })).toMatchObject({ email: null, role: null })
})
