import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { type Caller, type ClaimPath, EMAIL_CLAIM, type Role, ROLES } from '../../../shared/domain/role.ts'
import { ForbiddenError } from './api-errors.ts'
import { claimAt, type Claims, verifiedClaims } from './verified-claims.ts'

/** Which claim of a token contains roles, and which of its values grant which role. */
export interface RoleRules {
  readonly claim: ClaimPath
  readonly viewer: readonly string[]
  /** Default: nobody. */
  readonly reviewer?: readonly string[] | undefined
  readonly admin: readonly string[]
}

/** Scopes in one text are separated by spaces: https://www.rfc-editor.org/rfc/rfc8693#section-4.2 */
const SPACED_CLAIMS: ReadonlySet<ClaimPath> = new Set(['scope', 'scp'])

/** Claims that issuers use for a person's name, the best first. */
const NAMES = ['name', 'email', 'preferred_username', 'username']

/** The caller, with or without a role. */
export type Principal = Omit<Caller, 'role'> & { readonly role: Role | null }

const NOBODY: Principal = { subject: 'unknown', name: null, email: null, role: null }

/**
 * The caller, from the claims of the token that API Gateway has verified. Without a verified token: no subject, no
 * role. `emailClaim` contains the address. Default: `email`.
 */
export function principalOf(
  event: APIGatewayProxyEventV2,
  rules: readonly RoleRules[],
  emailClaim: ClaimPath = EMAIL_CLAIM,
): Principal {
  const claims = verifiedClaims(event)
  if (claims === undefined) return NOBODY
  const subject = textOf(claims['sub']) ?? textOf(claims['client_id']) ?? NOBODY.subject
  const name = NAMES.map((each) => textOf(claims[each])).find((each) => each !== null) ?? null
  const roles = rules.map((rule) => roleIn(valuesOf(rule.claim, claimAt(claims, rule.claim)), rule))
  const role = ROLES.findLast((each) => roles.includes(each)) ?? null
  return { subject, name, email: addressIn(claims, emailClaim), role }
}

/** Throws `ForbiddenError` when the principal lacks the required role. */
export function requireRole(principal: Principal, needed: Role): Caller {
  const { role } = principal
  if (role === null) {
    throw new ForbiddenError(
      'Your account has no role in Rollcall. Ask an administrator for one: viewer, reviewer or admin.',
    )
  }
  if (ROLES.indexOf(role) < ROLES.indexOf(needed)) {
    throw new ForbiddenError(`This requires the ${needed} role, and yours is ${role}. Ask an administrator.`)
  }
  return { ...principal, role }
}

function roleIn(values: ReadonlySet<string>, rules: RoleRules): Role | null {
  return ROLES.findLast((role) => rules[role]?.some((value) => values.has(value))) ?? null
}

/** A text is a single value, even with spaces: a group called `no admin` is not `admin`. */
function valuesOf(claim: ClaimPath, value: unknown): ReadonlySet<string> {
  if (Array.isArray(value)) return new Set(value.filter((each) => typeof each === 'string'))
  if (typeof value !== 'string') return new Set()
  return new Set(SPACED_CLAIMS.has(claim) ? value.split(' ') : [value])
}

/** Null for an address that the issuer calls unverified: anybody may have typed it. API Gateway passes it as text. */
function addressIn(claims: Claims, path: ClaimPath): string | null {
  const isRefuted = [false, 'false'].some((each) => each === claims['email_verified'])
  return isRefuted ? null : textOf(claimAt(claims, path))
}

function textOf(claim: unknown): string | null {
  return typeof claim === 'string' && claim.trim() !== '' ? claim : null
}
