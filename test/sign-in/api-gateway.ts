import { createRemoteJWKSet, jwtVerify } from 'jose'
import type { TokenRules } from '../../infra/constructs/http-api.ts'

/** RSA alone: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html */
const ALGORITHMS = ['RS256', 'RS384', 'RS512']

/**
 * What an HTTP API's JWT authorizer passes to a function for a valid token: each claim as text. Throws for a token that
 * it would refuse. `client_id` only counts without `aud`.
 */
export async function authorizeLikeApiGateway(
  authorization: string,
  { issuer, audiences }: Pick<TokenRules, 'issuer' | 'audiences'>,
): Promise<Record<string, string>> {
  const token = authorization.replace(/^Bearer /i, '')
  const keys = createRemoteJWKSet(new URL((await discover(issuer)).jwks_uri))
  const { payload, protectedHeader } = await jwtVerify(token, keys, { issuer, algorithms: ALGORITHMS })
  if (protectedHeader.kid === undefined) throw new Error('The token does not say which key signed it.')
  const meant = payload.aud ?? payload['client_id']
  if (![meant].flat().some((each) => audiences.includes(String(each)))) {
    throw new Error(`The token is for ${JSON.stringify(meant)}.`)
  }
  return flattened(payload)
}

/** The claims as texts: lists as `[a b]`, objects as `map[a:b]`, as Go prints them. */
export function flattened(claims: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, textOf(value)]))
}

/** A token with these claims, which nobody has signed. */
export function tokenWith(claims: Readonly<Record<string, unknown>>): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${encode({ alg: 'RS256', kid: '1' })}.${encode(claims)}.c2lnbmF0dXJl`
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(' ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return `map[${entries.map(([name, each]) => `${name}:${textOf(each)}`).join(' ')}]`
}

async function discover(issuer: string): Promise<{ jwks_uri: string }> {
  const answer = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)
  return JSON.parse(await answer.text())
}
