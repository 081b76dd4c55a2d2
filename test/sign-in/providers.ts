import type { Claims } from '../../functions/api/http/verified-claims.ts'

/** Somebody who signs in, and the roles or groups that they have at the provider. */
export interface SomebodySigningIn {
  readonly subject: string
  readonly name: string
  readonly email: string
  readonly roles: readonly string[]
}

/** What a sign-in asked for. */
export interface Asked {
  readonly issuer: string
  readonly clientId: string
  readonly scopes: readonly string[]
  readonly parameters: URLSearchParams
  readonly person: SomebodySigningIn
}

/** How a provider behaves where that differs from others, each fact from its documentation. */
export interface Provider {
  /** Its heading in docs/sign-in.md. */
  readonly name: string
  /** The claims of its access token beside those that every token has; null: the token is opaque. */
  readonly accessToken: (asked: Asked) => Claims | null
  /** The claims of its ID token beside those that every one has. Default: none. */
  readonly idToken?: (asked: Asked) => Claims
  /** What its discovery document says of signatures. */
  readonly algorithms: readonly string[]
  readonly revokes: boolean
  /** What its end of sessions insists on. */
  readonly endSessionNeeds: readonly string[]
  /** What its token endpoint insists on. */
  readonly tokenNeeds?: readonly string[]
  /** Its tokens are fetched on another origin than the discovery document. */
  readonly tokensElsewhere?: true
  readonly issuerEndsWithSlash?: true
  /** Its published keys do not say for which algorithm they are. */
  readonly keysWithoutAlgorithm?: true
  /** It publishes keys for other purposes too. */
  readonly otherKeys?: true
}

/** Microsoft Graph's: what a token is for that was asked for no other API. */
const GRAPH = '00000003-0000-0000-c000-000000000000'

/** https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference */
const entra: Provider = {
  name: 'Microsoft Entra ID',
  accessToken: ({ clientId, scopes, issuer, person }) => {
    const [api, scp] =
      /^api:\/\/([^/]+)\/(.+)$/.exec(scopes.find((scope) => scope.startsWith('api://')) ?? '')?.slice(1) ?? []
    const tid = issuer.split('/').at(-2)
    const common = { azp: clientId, oid: person.subject, tid, ver: '2.0', scp: scp ?? 'User.Read' }
    // The recipe adds the optional claim `email`.
    const profile = { name: person.name, preferred_username: person.email, email: person.email }
    return { aud: api ?? GRAPH, ...common, ...profile, ...(api !== undefined && { roles: person.roles }) }
  },
  algorithms: ['RS256'],
  keysWithoutAlgorithm: true,
  revokes: false,
  endSessionNeeds: [],
}

/** https://developer.okta.com/docs/api/openapi/okta-oauth/guides/overview/ */
const okta: Provider = {
  name: 'Okta',
  accessToken: ({ issuer, clientId, scopes, person }) =>
    issuer.includes('/oauth2/')
      ? {
          aud: 'api://default',
          cid: clientId,
          uid: person.subject,
          scp: scopes,
          sub: person.email,
          groups: person.roles,
          email: person.email,
        }
      : null,
  algorithms: ['RS256'],
  revokes: true,
  endSessionNeeds: ['id_token_hint'],
}

/** https://auth0.com/docs/secure/tokens/access-tokens/access-token-profiles */
const auth0: Provider = {
  name: 'Auth0',
  accessToken: ({ issuer, clientId, scopes, parameters, person }) => {
    const audience = parameters.get('audience')
    if (audience === null) return null
    const claims = { aud: [audience, `${issuer}userinfo`], azp: clientId, scope: scopes.join(' ') }
    return {
      ...claims,
      'https://rollcall.example.com/roles': person.roles,
      'https://rollcall.example.com/email': person.email,
    }
  },
  algorithms: ['HS256', 'RS256', 'PS256'],
  issuerEndsWithSlash: true,
  revokes: true,
  endSessionNeeds: [],
}

/** https://www.keycloak.org/docs/latest/server_admin/#_oidc_token_role_mappings, with the audience that the recipe maps. */
const keycloak: Provider = {
  name: 'Keycloak',
  accessToken: ({ clientId, scopes, person }) => ({
    aud: ['rollcall', 'account'],
    azp: clientId,
    typ: 'Bearer',
    scope: scopes.join(' '),
    realm_access: { roles: ['default-roles-acme', 'offline_access', ...person.roles] },
    resource_access: { account: { roles: ['manage-account', 'view-profile'] } },
    name: person.name,
    preferred_username: person.email,
    ...(scopes.includes('email') && { email: person.email, email_verified: true }),
  }),
  algorithms: [
    'PS384',
    'RS384',
    'EdDSA',
    'ES384',
    'HS256',
    'HS512',
    'ES256',
    'RS256',
    'HS384',
    'ES512',
    'PS256',
    'RS512',
  ],
  otherKeys: true,
  revokes: true,
  endSessionNeeds: ['id_token_hint'],
}

function cognitoGroups({ issuer, person }: Asked): readonly string[] {
  return [`${issuer.split('/').at(-1)}_Google`, ...person.roles]
}

/**
 * A Cognito user pool in which people sign in with Google.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
 */
const googleByCognito: Provider = {
  name: 'Google',
  accessToken: (asked) => ({
    client_id: asked.clientId,
    token_use: 'access',
    scope: asked.scopes.join(' '),
    version: 2,
    username: `google_${asked.person.subject}`,
    'cognito:groups': cognitoGroups(asked),
  }),
  // https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html
  idToken: (asked) => ({
    token_use: 'id',
    'cognito:username': `google_${asked.person.subject}`,
    'cognito:groups': cognitoGroups(asked),
    name: asked.person.name,
    email: asked.person.email,
    email_verified: true,
  }),
  algorithms: ['RS256'],
  tokensElsewhere: true,
  revokes: true,
  // https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html
  endSessionNeeds: ['client_id', 'logout_uri'],
}

/** Those that docs/sign-in.md has a recipe for. */
export const PROVIDERS: readonly Provider[] = [entra, okta, auth0, keycloak, googleByCognito]

/**
 * Google itself: nobody can sign in with it directly. https://developers.google.com/identity/protocols/oauth2/web-server
 * lists `client_secret` as required.
 */
export const GOOGLE_ITSELF: Provider = {
  name: 'Google',
  accessToken: () => null,
  algorithms: ['RS256'],
  revokes: true,
  endSessionNeeds: [],
  tokenNeeds: ['client_secret'],
}
