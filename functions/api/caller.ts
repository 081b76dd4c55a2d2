import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import * as z from 'zod'
import type { Caller, Role } from '../../shared/domain/role.ts'
import { ForbiddenError } from './api-errors.ts'

/** Which claim of a token carries roles, and which of its values make a viewer or an admin. */
export interface RoleRules {
  readonly claim: string
  readonly viewer: readonly string[]
  readonly admin: readonly string[]
}

const SPACED_CLAIMS: ReadonlySet<string> = new Set(['scope', 'scp'])

/** The one that may do most first. */
const ROLES = ['admin', 'viewer'] as const satisfies readonly Role[]

/** Whoever calls, with a role or without any. */
export type Visitor = Omit<Caller, 'role'> & { readonly role: Role | null }

const NOBODY: Visitor = { subject: 'unknown', name: null, role: null }

const contextSchema = z.object({
  authorizer: z.object({ jwt: z.object({ claims: z.record(z.string(), z.unknown()) }) }),
})

/** Who calls, by the claims of the token that API Gateway has checked. Without such a token: nobody, with no role. */
export function visitorOf(event: APIGatewayProxyEventV2, rules: readonly RoleRules[]): Visitor {
  const context = contextSchema.safeParse(event.requestContext)
  if (!context.success) return NOBODY
  const { claims } = context.data.authorizer.jwt
  const subject = textOf(claims['sub']) ?? textOf(claims['client_id']) ?? NOBODY.subject
  const name = textOf(claims['name']) ?? textOf(claims['email']) ?? textOf(claims['username'])
  const roles = rules.map((rule) => roleIn(valuesOf(rule.claim, claims[rule.claim]), rule))
  const role = ROLES.find((each) => roles.includes(each)) ?? null
  return { subject, name, role }
}

/** Throws `ForbiddenError` for a visitor without the role that a call needs. */
export function requireRole(visitor: Visitor, needed: Role): Caller {
  const { role } = visitor
  if (role === null) {
    throw new ForbiddenError('Your account has no role in Rollcall. Ask an administrator for one: viewer or admin.')
  }
  if (needed === 'admin' && role !== 'admin') {
    throw new ForbiddenError('This needs the role admin, and yours is viewer. Ask an administrator.')
  }
  return { ...visitor, role }
}

function roleIn(values: ReadonlySet<string>, rules: RoleRules): Role | null {
  if (rules.admin.some((value) => values.has(value))) return 'admin'
  return rules.viewer.some((value) => values.has(value)) ? 'viewer' : null
}

/**
 * The values of a claim. API Gateway hands a list over as the text `[admin viewer]`, and scopes have spaces between them
 * (RFC 8693): only these are split, so that a group called `no admin` is not taken for `admin` where it stands alone. In
 * such a list it would be: values with spaces cannot be told apart there.
 */
function valuesOf(name: string, claim: unknown): ReadonlySet<string> {
  if (Array.isArray(claim)) return new Set(claim.filter((value) => typeof value === 'string'))
  if (typeof claim !== 'string') return new Set()
  const [, list] = /^\[(.*)\]$/s.exec(claim) ?? []
  if (list !== undefined) return new Set([list, ...list.split(' ')])
  return new Set(SPACED_CLAIMS.has(name) ? claim.split(' ') : [claim])
}

function textOf(claim: unknown): string | null {
  return typeof claim === 'string' && claim.trim() !== '' ? claim : null
}
