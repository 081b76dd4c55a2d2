import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

const CLIENT = 'dashboard'

/** An OIDC issuer that lets everybody in: authorization code with PKCE, revocation, end of session. */
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

/** Starts one on a free port. */
export async function startPkceIssuer(): Promise<PkceIssuer> {
  const grants = new Map<string, Grant>()
  const revoked: string[] = []
  const server = createServer((request, response) => {
    answer(request, response, { url, grants, revoked }).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The issuer has no port.')
  const url = `http://127.0.0.1:${address.port}`
  return {
    url,
    clientId: CLIENT,
    revoked,
    close: async () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { url, grants, revoked }: { url: string; grants: Map<string, Grant>; revoked: string[] },
): Promise<void> {
  response.setHeader('access-control-allow-origin', '*')
  response.setHeader('access-control-allow-headers', '*')
  const { pathname, searchParams } = new URL(request.url ?? '/', url)
  if (request.method === 'OPTIONS') return void response.end()
  if (pathname === '/.well-known/openid-configuration') return sendJson(response, discovery(url))
  if (pathname === '/authorize') {
    const code = randomUUID()
    grants.set(code, { challenge: searchParams.get('code_challenge') ?? '', nonce: searchParams.get('nonce') })
    return redirect(response, searchParams.get('redirect_uri'), { code, state: searchParams.get('state') ?? '' })
  }
  if (pathname === '/end-session') return redirect(response, searchParams.get('post_logout_redirect_uri'), {})
  const form = new URLSearchParams(await bodyOf(request))
  if (pathname === '/revoke') {
    revoked.push(form.get('token') ?? '')
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
  const target = new URL(to ?? '/', 'http://127.0.0.1')
  for (const [name, value] of Object.entries(parameters)) target.searchParams.set(name, value)
  response.writeHead(302, { location: target.href }).end()
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
