import { createHash, randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { exportJWK, type GenerateKeyPairResult, SignJWT } from 'jose'
import type { Claims } from '../../functions/api/http/verified-claims.ts'
import type { Asked, Provider, SomebodySigningIn } from './providers.ts'

const HOUR_SECONDS = 3_600
/** How the provider signs. */
export const KEY = { alg: 'RS256', kid: 'signs', use: 'sig' } as const

/** What a provider remembers. */
export interface ProviderState {
  readonly provider: Provider
  /** As its tokens name it. */
  readonly issuer: string
  /** Where people sign in and tokens are fetched. */
  readonly endpoints: string
  readonly keys: GenerateKeyPairResult
  readonly grants: Map<string, Asked>
  readonly accessTokens: string[]
  readonly idTokens: string[]
  readonly refreshTokens: string[]
  readonly revoked: string[]
  person: SomebodySigningIn
  /** Begins with the button, and lasts until the end of session. */
  isSignedIn: boolean
}

/** Answers as the provider would, on whichever of its origins. */
export async function answerLikeProvider(
  request: IncomingMessage,
  response: ServerResponse,
  state: ProviderState,
): Promise<void> {
  response.setHeader('access-control-allow-origin', '*')
  response.setHeader('access-control-allow-headers', '*')
  if (request.method === 'OPTIONS') return void response.end()
  const url = new URL(request.url ?? '/', state.endpoints)
  const home = new URL(state.issuer).pathname.replace(/\/$/, '')
  if (url.pathname === `${home}/.well-known/openid-configuration`) return sendJson(response, 200, discovery(state))
  switch (url.pathname) {
    case '/keys':
      return sendJson(response, 200, { keys: await publishedKeys(state) })
    case '/authorize':
      return authorize(url, response, state)
    case '/sign-in':
      state.isSignedIn = true
      return redirect(response, url.searchParams.get('continue') ?? '/', {})
    case '/token':
      return giveTokens(new URLSearchParams(await text(request)), response, state)
    case '/revoke':
      return revoke(new URLSearchParams(await text(request)), response, state)
    case '/logout':
      return endSession(url.searchParams, response, state)
    default:
      return sendJson(response, 404, { error: 'not_found' })
  }
}

function discovery({ provider, issuer, endpoints }: ProviderState): Claims {
  return {
    issuer,
    authorization_endpoint: `${endpoints}/authorize`,
    token_endpoint: `${endpoints}/token`,
    jwks_uri: `${new URL(issuer).origin}/keys`,
    end_session_endpoint: `${endpoints}/logout`,
    ...(provider.revokes && { revocation_endpoint: `${endpoints}/revoke` }),
    id_token_signing_alg_values_supported: provider.algorithms,
    code_challenge_methods_supported: ['S256'],
  }
}

async function publishedKeys({ provider, keys }: ProviderState): Promise<readonly object[]> {
  const { alg, ...withoutAlgorithm } = KEY
  const about = provider.keysWithoutAlgorithm === true ? withoutAlgorithm : { alg, ...withoutAlgorithm }
  const own = { ...(await exportJWK(keys.publicKey)), ...about }
  return provider.otherKeys === true ? [{ ...own, alg: 'RSA-OAEP', kid: 'encrypts', use: 'enc' }, own] : [own]
}

/** Waits for a person, as real issuers do: a page that signs in automatically after signing out would never settle. */
function authorize({ pathname, search, searchParams }: URL, response: ServerResponse, state: ProviderState): void {
  if (!state.isSignedIn) {
    const target = `/sign-in?continue=${encodeURIComponent(pathname + search)}`
    response.setHeader('content-type', 'text/html')
    return void response.end(
      `<!doctype html><link rel="icon" href="data:,"><title>Issuer</title><form method="post" action="${target}"><button>Sign in</button></form>`,
    )
  }
  const code = randomUUID()
  state.grants.set(code, {
    issuer: state.issuer,
    clientId: searchParams.get('client_id') ?? '',
    scopes: (searchParams.get('scope') ?? '').split(' '),
    parameters: searchParams,
    person: state.person,
  })
  redirect(response, searchParams.get('redirect_uri') ?? '/', { code, state: searchParams.get('state') ?? '' })
}

async function giveTokens(form: URLSearchParams, response: ServerResponse, state: ProviderState): Promise<void> {
  const missing = state.provider.tokenNeeds?.find((name) => !form.has(name))
  if (missing !== undefined) {
    return sendJson(response, 400, { error: 'invalid_request', error_description: `${missing} is missing.` })
  }
  const asked = state.grants.get(form.get('code') ?? '')
  const challenge = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url')
  if (asked === undefined || asked.parameters.get('code_challenge') !== challenge) {
    return sendJson(response, 400, { error: 'invalid_grant' })
  }
  state.grants.delete(form.get('code') ?? '')
  const claims = state.provider.accessToken(asked)
  const nonce = asked.parameters.get('nonce')
  const tokens = {
    access_token: claims === null ? randomUUID() : await sign(claims, state),
    id_token: await sign(
      { ...state.provider.idToken?.(asked), aud: asked.clientId, ...(nonce !== null && { nonce }) },
      state,
    ),
    refresh_token: randomUUID(),
  }
  state.accessTokens.push(tokens.access_token)
  state.idTokens.push(tokens.id_token)
  state.refreshTokens.push(tokens.refresh_token)
  sendJson(response, 200, { ...tokens, token_type: 'Bearer', expires_in: HOUR_SECONDS })
}

async function sign(claims: Claims, { issuer, keys, person }: ProviderState): Promise<string> {
  const iat = Math.floor(Date.now() / 1_000)
  const whole = { sub: person.subject, iss: issuer, iat, exp: iat + HOUR_SECONDS, ...claims }
  return new SignJWT(whole).setProtectedHeader({ alg: KEY.alg, kid: KEY.kid, typ: 'JWT' }).sign(keys.privateKey)
}

/** Like Cognito: it revokes refresh tokens and refuses other tokens. */
function revoke(form: URLSearchParams, response: ServerResponse, { revoked }: ProviderState): void {
  const token = form.get('token') ?? ''
  if (token.includes('.')) return sendJson(response, 400, { error: 'unsupported_token_type' })
  revoked.push(token)
  response.end()
}

function endSession(parameters: URLSearchParams, response: ServerResponse, state: ProviderState): void {
  const missing = state.provider.endSessionNeeds.find((name) => !parameters.has(name))
  if (missing !== undefined) return sendJson(response, 400, { error: `${missing} is missing.` })
  state.isSignedIn = false
  redirect(response, parameters.get('logout_uri') ?? parameters.get('post_logout_redirect_uri') ?? '/', {})
}

function redirect(response: ServerResponse, to: string, parameters: Record<string, string>): void {
  const query = new URLSearchParams(parameters).toString()
  response.writeHead(303, { location: query === '' ? to : `${to}?${query}` }).end()
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}
