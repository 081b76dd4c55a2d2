import { once } from 'node:events'
import { createServer } from 'node:http'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

const ALGORITHM = 'RS256'

/** What a token says. Times are seconds from now; negative ones are past. */
export interface TokenClaims {
  readonly subject: string
  readonly audience?: string
  readonly expiresInSeconds?: number
  readonly claims?: Readonly<Record<string, unknown>>
}

/** An identity provider of the test's own on 127.0.0.1: discovery document, published keys, tokens signed with RS256. */
export interface OidcIssuer {
  readonly url: string
  readonly audience: string
  /** `issuer` is what the token claims to be from: this one, unless it is to be a forgery. */
  token(claims: TokenClaims, issuer?: string): Promise<string>
  close(): Promise<void>
}

/** Starts one. Two of them share nothing: the tokens of one are foreign to the other. */
export async function startOidcIssuer(audience: string): Promise<OidcIssuer> {
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM)
  const kid = crypto.randomUUID()
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid, alg: ALGORITHM, use: 'sig' }] })
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json')
    if (request.url === '/.well-known/jwks.json') response.end(keys)
    else if (request.url === '/.well-known/openid-configuration') response.end(JSON.stringify(discovery(url)))
    else response.writeHead(404).end('{}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The issuer has no port.')
  const url = `http://127.0.0.1:${address.port}`
  return {
    url,
    audience,
    token: async ({ subject, audience: other, expiresInSeconds = 3_600, claims = {} }, claimedIssuer = url) => {
      const now = Math.floor(Date.now() / 1_000)
      return new SignJWT({ ...claims })
        .setProtectedHeader({ alg: ALGORITHM, kid, typ: 'JWT' })
        .setIssuer(claimedIssuer)
        .setAudience(other ?? audience)
        .setSubject(subject)
        .setIssuedAt(Math.min(now, now + expiresInSeconds - 60))
        .setExpirationTime(now + expiresInSeconds)
        .sign(privateKey)
    },
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata */
function discovery(url: string): Record<string, unknown> {
  return {
    issuer: url,
    jwks_uri: `${url}/.well-known/jwks.json`,
    authorization_endpoint: `${url}/authorize`,
    token_endpoint: `${url}/token`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [ALGORITHM],
  }
}
