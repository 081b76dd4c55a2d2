import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import * as z from 'zod'
import type { ClaimPath } from '../../../shared/domain/role.ts'

export type Claims = Readonly<Record<string, unknown>>

const claimsSchema = z.record(z.string(), z.unknown())
const contextSchema = z.object({ authorizer: z.object({ jwt: z.object({ claims: claimsSchema }) }) })

/**
 * One token, with or without `Bearer`, which is what an HTTP API accepts. Two headers arrive joined by a comma, which
 * does not match.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
const TOKEN = /^(?:Bearer )?[\w-]+\.(?<payload>[\w-]+)\.[\w-]+$/i

/**
 * The claims of the token that API Gateway has verified. Undefined without a verified token. API Gateway passes every
 * claim as text: a list as `[a b]`, an object as `map[roles:[a b]]`, which does not show which spaces belong to a
 * value. Therefore the claims are read from the token in the request. On one machine the token is not a JWT, and the
 * texts are used.
 */
export function verifiedClaims(event: APIGatewayProxyEventV2): Claims | undefined {
  const context = contextSchema.safeParse(event.requestContext)
  if (!context.success) return undefined
  const { claims } = context.data.authorizer.jwt
  const own = claimsIn(event.headers['authorization'] ?? '')
  return own !== undefined && isSameToken(own, claims) ? own : claims
}

/** A verified token has an issuer. Some tokens of scripts have no subject. */
function isSameToken(own: Claims, checked: Claims): boolean {
  return typeof own['iss'] === 'string' && own['iss'] === checked['iss'] && own['sub'] === checked['sub']
}

/** The value at a path through nested objects. Undefined when there is none. */
export function claimAt(claims: Claims, path: ClaimPath): unknown {
  let value: unknown = claims
  for (const name of typeof path === 'string' ? [path] : path) {
    const within = claimsSchema.safeParse(value)
    if (!within.success || !Object.hasOwn(within.data, name)) return undefined
    value = within.data[name]
  }
  return value
}

/** The claims in a token. Its signature is not checked here. */
function claimsIn(authorization: string): Claims | undefined {
  const payload = TOKEN.exec(authorization)?.groups?.['payload']
  if (payload === undefined) return undefined
  try {
    return claimsSchema.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')))
  } catch {
    return undefined
  }
}
