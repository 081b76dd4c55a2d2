import { auditLogPage } from './audit-log.ts'
import { authorize, type Scope, type SimulatedKeys } from './access.ts'
import { ApiError } from '../simulation/api-error.ts'
import type { Asked } from '../simulation/server.ts'
import type { Company } from './company.ts'
import { costsPage } from './cost-pages.ts'
import { listedUsers } from './directory.ts'
import { listPage, type OpenAiListPage } from './list-pages.ts'
import { adminKeysOf, invitesAt, projectKeysFor, projectsFor } from './other-lists.ts'
import type { Switches } from './switches.ts'
import { completionsPage, kindPage, type UsagePage } from './usage-pages.ts'
import { KINDS } from './usage-kinds.ts'

/** A request, and what it is answered from. */
export interface OpenAiAsked extends Asked<Switches> {
  readonly company: Company
  readonly keys: SimulatedKeys
}

type Page = OpenAiListPage<unknown> | UsagePage

interface Route {
  readonly scope: Scope
  readonly answer: (asked: OpenAiAsked) => Page
}

const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  [
    '/v1/organization/users',
    directory(({ query, company, switches, now }) => listPage(query, listedUsers(company, switches, now), switches)),
  ],
  [
    '/v1/organization/invites',
    directory(({ query, keys, now, switches }) => listPage(query, invitesAt(now, keys, switches))),
  ],
  [
    '/v1/organization/projects',
    directory(({ query, company, now, switches }) =>
      listPage(query, projectsFor(query, company.projectsAt(now), switches)),
    ),
  ],
  [
    '/v1/organization/admin_api_keys',
    directory(({ query, keys, company, now, switches }) =>
      listPage(query, adminKeysOf(keys, company.usersAt(now)[0], now, switches)),
    ),
  ],
  ['/v1/organization/costs', { scope: 'api.usage.read', answer: costsPage }],
  [
    '/v1/organization/audit_logs',
    {
      scope: 'api.audit_logs.read',
      answer: ({ query, company, now, switches }) =>
        auditLogPage(query, company.auditLog, { people: company.usersAt(now), now, switches }),
    },
  ],
  ['/v1/organization/usage/completions', { scope: 'api.usage.read', answer: completionsPage }],
  ...KINDS.map(({ name }): [string, Route] => [
    `/v1/organization/usage/${name}`,
    { scope: 'api.usage.read', answer: (asked) => kindPage(name, asked) },
  ]),
])

const PROJECT_KEYS = /^\/v1\/organization\/projects\/([^/]+)\/api_keys$/

/** The keys of one project. */
const projectKeys = directory(({ path, query, company, now, switches }) => {
  const id = projectOf(path) ?? ''
  return listPage(query, projectKeysFor(query, id, company.projectsAt(now), switches))
})

/** The id of the project whose keys a path requests. */
export function projectOf(path: string): string | undefined {
  const encoded = PROJECT_KEYS.exec(path)?.[1]
  return encoded === undefined ? undefined : decodeURIComponent(encoded)
}

/** The requested page. Throws `ApiError` for requests that OpenAI rejects. */
export function pageFor(asked: OpenAiAsked): Page {
  const route = asked.method === 'GET' ? routeOf(asked.path) : undefined
  if (route === undefined) throw new ApiError(404, `Invalid URL (${asked.method} ${asked.path})`, 'unknown_url')
  authorize(asked.headers.authorization, route.scope, asked.keys, asked.switches)
  return route.answer(asked)
}

function routeOf(path: string): Route | undefined {
  return PROJECT_KEYS.test(path) ? projectKeys : ROUTES.get(path)
}

function directory(answer: (asked: OpenAiAsked) => Page): Route {
  return { scope: 'api.management.read', answer }
}
