import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

const CLIENT = 'dashboard'

/** An OIDC issuer that lets everybody in who presses its button: authorization code with PKCE, revocation, end of session. */
export interface PkceIssuer {
  readonly url: string
  readonly clientId: string
  /** Tokens that were given back. */
  readonly revoked: string[]
  close(): Promise<void>
}

interface Grant {
  readonly challenge: string
  readonly nonce: string | null
}

interface State {
  readonly url: string
  readonly grants: Map<string, Grant>
  readonly revoked: string[]
  /** Begins with the button, and lasts until the end of session. */
  isSignedIn: boolean
}

/** Starts one on a free port. */
export async function startPkceIssuer(): Promise<PkceIssuer> {
  const server = createServer((request, response) => {
    answer(request, response, state).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The issuer has no port.')
  const url = `http://127.0.0.1:${address.port}`
  const state: State = { url, grants: new Map(), revoked: [], isSignedIn: false }
  return {
    url,
    clientId: CLIENT,
    revoked: state.revoked,
    close: async () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function answer(request: IncomingMessage, response: ServerResponse, state: State): Promise<void> {
  const { url, grants, revoked } = state
  response.setHeader('access-control-allow-origin', '*')
  response.setHeader('access-control-allow-headers', '*')
  const { pathname, searchParams } = new URL(request.url ?? '/', url)
  if (request.method === 'OPTIONS') return void response.end()
  if (pathname === '/.well-known/openid-configuration') return sendJson(response, discovery(url))
  if (pathname === '/sign-in') {
    state.isSignedIn = true
    return redirect(response, searchParams.get('continue'), {})
  }
  if (pathname === '/authorize') {
    if (!state.isSignedIn) return askToSignIn(response, request.url ?? '')
    const code = randomUUID()
    grants.set(code, { challenge: searchParams.get('code_challenge') ?? '', nonce: searchParams.get('nonce') })
    return redirect(response, searchParams.get('redirect_uri'), { code, state: searchParams.get('state') ?? '' })
  }
  if (pathname === '/end-session') {
    state.isSignedIn = false
    return redirect(response, searchParams.get('post_logout_redirect_uri'), {})
  }
  const form = new URLSearchParams(await bodyOf(request))
  if (pathname === '/revoke') {
    const token = form.get('token') ?? ''
    // As Cognito does: it takes refresh tokens back, and refuses to be given any other.
    if (!token.startsWith('refresh-')) {
      response.statusCode = 400
      return sendJson(response, { error: 'unsupported_token_type' })
    }
    revoked.push(token)
    return void response.end()
  }
  const grant = grants.get(form.get('code') ?? '')
  const challenge = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url')
  if (grant === undefined || grant.challenge !== challenge) {
    response.statusCode = 400
    return sendJson(response, { error: 'invalid_grant' })
  }
  grants.delete(form.get('code') ?? '')
  sendJson(response, tokens(url, grant))
}

/** Waits for a person, as an issuer does: a page that signs in by itself after signing out would never come to rest. */
function askToSignIn(response: ServerResponse, path: string): void {
  response.setHeader('content-type', 'text/html')
  const target = `/sign-in?continue=${encodeURIComponent(path)}`
  response.end(
    `<!doctype html><link rel="icon" href="data:,"><title>Issuer</title><form method="post" action="${target}"><button>Sign in</button></form>`,
  )
}

function tokens(url: string, { nonce }: Grant): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1000)
  const claims = { iss: url, aud: CLIENT, sub: 'ada', iat: now, exp: now + 3600, ...(nonce !== null && { nonce }) }
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return {
    access_token: `access-${randomUUID()}`,
    refresh_token: `refresh-${randomUUID()}`,
    // A browser has its identity token from the issuer itself, over TLS: the signature is not looked at.
    id_token: `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}.c2lnbmF0dXJl`,
    token_type: 'Bearer',
    expires_in: 3600,
    scope: 'openid',
  }
}

function discovery(url: string): Record<string, unknown> {
  return {
    issuer: url,
    authorization_endpoint: `${url}/authorize`,
    token_endpoint: `${url}/token`,
    revocation_endpoint: `${url}/revoke`,
    end_session_endpoint: `${url}/end-session`,
    jwks_uri: `${url}/jwks.json`,
    code_challenge_methods_supported: ['S256'],
  }
}

function redirect(response: ServerResponse, to: string | null, parameters: Record<string, string>): void {
  const query = new URLSearchParams(parameters).toString()
  response.writeHead(303, { location: query === '' ? (to ?? '/') : `${to ?? '/'}?${query}` }).end()
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify(value))
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}
