import type { OidcSignIn } from './stage-config.ts'

/** A field of `signIn` and its problem. */
export interface IssuerMistake {
  readonly path: readonly string[]
  readonly message: string
}

/** Entra's tokens always name the tenant that issued them, never `common` or `organizations`. */
const ENTRA_TENANT = /^\/(?!(common|organizations|consumers)\/)[\w.-]+\/v2\.0$/

/**
 * Finds settings with which a known issuer sends tokens that the API refuses. Called before anything is deployed. See
 * docs/sign-in.md.
 */
export function issuerMistake({ issuer, audiences, dashboard }: OidcSignIn): IssuerMistake | undefined {
  const { hostname = '', pathname = '' } = URL.parse(issuer) ?? {}
  const isAt = (domain: string) => hostname === domain || hostname.endsWith(`.${domain}`)
  const hasPath = pathname !== '/'
  if (pathname.endsWith('/.well-known/openid-configuration')) {
    return mistake('issuer', 'must be the issuer itself, without /.well-known/openid-configuration')
  }
  // https://developer.okta.com/docs/concepts/auth-servers/: tokens of the organization server are for Okta alone.
  if (['okta.com', 'oktapreview.com', 'okta-emea.com'].some(isAt) && !hasPath) {
    return mistake('issuer', 'must be a custom authorization server, such as https://acme.okta.com/oauth2/default')
  }
  // https://learn.microsoft.com/entra/identity-platform/access-tokens
  if (isAt('sts.windows.net') || (isAt('login.microsoftonline.com') && !ENTRA_TENANT.test(pathname))) {
    return mistake('issuer', 'must be https://login.microsoftonline.com/<tenant id>/v2.0')
  }
  // https://auth0.com/docs/secure/tokens/json-web-tokens/validate-json-web-tokens
  if (isAt('auth0.com') && !issuer.endsWith('/')) return mistake('issuer', 'must end with a slash, as Auth0 writes it')
  if (dashboard === undefined) return undefined
  if (dashboard.sends === 'id_token' && !dashboard.scopes.includes('openid')) {
    return mistake('dashboard.scopes', 'must have openid: without it there is no ID token to send')
  }
  // https://openid.net/specs/openid-connect-core-1_0.html#IDToken: it is for the client.
  if (dashboard.sends === 'id_token' && !audiences.includes(dashboard.clientId)) {
    return mistake('audiences', 'must have dashboard.clientId, which the ID tokens that the dashboard sends are for')
  }
  // https://developers.google.com/identity/protocols/oauth2: access tokens are opaque, and a web client has a secret.
  if (isAt('accounts.google.com')) {
    return mistake('issuer', 'cannot be Google itself: see docs/sign-in.md#google')
  }
  // https://auth0.com/docs/secure/tokens/access-tokens: opaque without.
  if (isAt('auth0.com') && !audiences.includes(dashboard.authorizeParameters?.['audience'] ?? '')) {
    return mistake(
      'dashboard.authorizeParameters',
      'must have the API’s identifier as audience, one of audiences: see docs/sign-in.md#auth0',
    )
  }
  // https://learn.microsoft.com/entra/identity-platform/scopes-oidc: without one of yours, the token is for Microsoft Graph.
  if (isAt('login.microsoftonline.com') && !dashboard.scopes.some((scope) => scope.includes('/'))) {
    return mistake('dashboard.scopes', 'must have one of your API’s, such as api://<client id>/access')
  }
  return undefined
}

function mistake(field: string, message: string): IssuerMistake {
  return { path: ['signIn', ...field.split('.')], message }
}
