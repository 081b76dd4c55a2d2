import { InMemoryWebStorage, OidcClient, WebStorageStateStore } from 'oidc-client-ts'
import { principalOf, type Principal } from '../../functions/api/http/caller.ts'
import { oidcSignIn } from '../../infra/constructs/sign-in/sign-in.ts'
import { eventOf } from '../api/api-event.ts'
import { authorizeLikeApiGateway } from './api-gateway.ts'
import type { Recipe } from './recipes.ts'

const REDIRECT = 'https://rollcall.example.com/signed-in'

/**
 * Signs in with a configuration as the dashboard does, at an issuer on this machine. Gives the token that it calls the API
 * with.
 */
export async function tokenOf(recipe: Recipe): Promise<string> {
  const { dashboard } = oidcSignIn(recipe.signIn, recipe.roles)
  if (dashboard === undefined) throw new Error('The configuration has no client for the dashboard.')
  const client = new OidcClient({
    authority: dashboard.issuer,
    client_id: dashboard.clientId,
    scope: dashboard.scopes.join(' '),
    redirect_uri: REDIRECT,
    response_type: 'code',
    extraQueryParams: { ...dashboard.authorizeParameters },
    stateStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
  })
  const { url } = await client.createSigninRequest({})
  await fetch(new URL('/sign-in?continue=/', url), { method: 'POST', redirect: 'manual' })
  const { headers } = await fetch(url, { redirect: 'manual' })
  const answer = await client.processSigninResponse(headers.get('location') ?? '')
  return answer[dashboard.sends] ?? ''
}

/** Who calls with a token, behind an HTTP API with this configuration. Throws when API Gateway would refuse the token. */
export async function callerWith(token: string, recipe: Recipe): Promise<Principal> {
  const { tokens } = oidcSignIn(recipe.signIn, recipe.roles)
  const authorization = `Bearer ${token}`
  const claims = await authorizeLikeApiGateway(authorization, tokens)
  return principalOf(
    eventOf('GET', { path: '/v1/me', query: '' }, { claims, headers: { authorization } }),
    tokens.roles,
    tokens.emailClaim,
  )
}
