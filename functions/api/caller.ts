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
  const roles = rules.map((rule) => roleIn(claims[rule.claim], rule))
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

function roleIn(claim: unknown, rules: RoleRules): Role | null {
  const values = valuesOf(claim)
  if (rules.admin.some((value) => values.has(value))) return 'admin'
  return rules.viewer.some((value) => values.has(value)) ? 'viewer' : null
}

/** API Gateway hands a list over as the text `[admin viewer]`; scopes are a text with spaces. Whole texts count too. */
function valuesOf(claim: unknown): ReadonlySet<string> {
  if (Array.isArray(claim)) return new Set(claim.filter((value) => typeof value === 'string'))
  if (typeof claim !== 'string') return new Set()
  const inner = claim.replace(/^\[(.*)\]$/s, '$1')
  return new Set([claim, inner, ...inner.split(/[\s,]+/)])
}

function textOf(claim: unknown): string | null {
  return typeof claim === 'string' && claim.trim() !== '' ? claim : null
}
