import { ApiError } from '../simulation/api-error.ts'
import type { Reply } from '../simulation/reply.ts'
import type { Asked } from '../simulation/server.ts'
import { authorize, keyIn, type Scope, type SimulatedKeys } from './access.ts'
import type { Company } from './company.ts'
import { apiKeysPage, invitesPage, usersPage, workspacesPage } from './lists.ts'
import { parametersOf } from './query.ts'
import { costReport, usageReport } from './reports.ts'
import type { Switches } from './switches.ts'
import * as z from 'zod'

/** A request, and what it is answered from. */
export interface AnthropicAsked extends Asked<Switches> {
  readonly company: Company
  readonly keys: SimulatedKeys
}

interface Route {
  /** Null: every Admin key may read it. */
  readonly scope: Scope | null
  readonly answer: (asked: AnthropicAsked) => Reply
}

const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['/v1/organizations/me', { scope: null, answer: me }],
  ['/v1/organizations/users', { scope: 'read:members', answer: usersPage }],
  ['/v1/organizations/invites', { scope: 'read:members', answer: invitesPage }],
  ['/v1/organizations/api_keys', { scope: null, answer: apiKeysPage }],
  ['/v1/organizations/workspaces', { scope: null, answer: workspacesPage }],
  ['/v1/organizations/analytics/usage', { scope: 'read:analytics', answer: usageReport }],
  ['/v1/organizations/analytics/cost', { scope: 'read:analytics', answer: costReport }],
])

/** The answer to a request. Throws `ApiError` for requests that Anthropic rejects. */
export function replyFor(asked: AnthropicAsked): Reply {
  const { path, headers, keys, switches } = asked
  const route = asked.method === 'GET' ? ROUTES.get(path) : undefined
  if (route === undefined) throw new ApiError(404, `Not found: ${asked.method} ${path}`)
  authorize(headers, route.scope, keys, switches)
  const status = new Map(Object.entries(switches.refused)).get(path.split('/').at(-1) ?? '')
  if (status !== undefined) throw new ApiError(status, 'This organization cannot use this endpoint.')
  return route.answer(asked)
}

/** Which organization the key belongs to. */
function me({ query, headers, keys }: AnthropicAsked): Reply & Record<string, unknown> {
  parametersOf(query, z.strictObject({}))
  return keyIn(headers) === keys.otherOrganization
    ? { type: 'organization', id: '7d0c6f6e-2f0b-4a53-9d0e-0f6b8a1c2d3e', name: 'Southwind Traders' }
    : { type: 'organization', id: '1c9f3a52-8b7d-4e60-a1f4-5d2e9c7b6a80', name: 'Northwind Traders' }
}
