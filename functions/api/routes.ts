import { createOpenApiDocument } from '../../shared/contracts/openapi-document.ts'
import { operations } from '../../shared/contracts/operations.ts'
import { AdminApiKey } from '../../shared/domain/admin-api-key.ts'
import type { ApiDependencies } from './api-dependencies.ts'
import { checkKey } from './check-key.ts'
import { connectIntegration } from './connect-integration.ts'
import { listIntegrations, listSchedules, wire } from './read-integrations.ts'
import { getSync, listSyncs } from './read-syncs.ts'
import { getLicenses, getUsage, getUserUsage } from './read-usage.ts'
import { getUser, listUsers } from './read-users.ts'
import { route, type ApiRoute } from './route.ts'
import { SnapshotViews } from './snapshot-views.ts'
import { startSync } from './start-sync.ts'
import { getVisibleIntegration } from './visible-integration.ts'
import { toWireSync } from './wire/to-wire-sync.ts'

/** What answers each operation. */
export function createRoutes(deps: ApiDependencies): readonly ApiRoute[] {
  return [...deploymentRoutes(deps), ...integrationRoutes(deps), ...dataRoutes(deps, new SnapshotViews(deps))]
}

function deploymentRoutes(deps: ApiDependencies): ApiRoute[] {
  const document = createOpenApiDocument(deps.version)
  return [
    route(operations.getHealth, async () => ({ status: 'ok' as const, version: deps.version })),
    route(operations.getOpenApi, async () => document),
    route(operations.listSchedules, ({ query }) => listSchedules(deps, query)),
    route(operations.checkKey, async ({ body }) => {
      const key = new AdminApiKey(body.adminApiKey)
      const { valid, keyExpiresAt, checks } = await checkKey(deps, key, deps.now())
      return {
        valid,
        keyHint: key.hint,
        keyExpiresAt: keyExpiresAt === null ? null : new Date(keyExpiresAt).toISOString(),
        checks: checks.map(({ dataset, ok, code, detail }) => ({ dataset, ok, code, detail })),
      }
    }),
  ]
}

function integrationRoutes(deps: ApiDependencies): ApiRoute[] {
  return [
    route(operations.connectIntegration, async ({ body }) => wire(deps, await connectIntegration(deps, body))),
    route(operations.listIntegrations, ({ query }) => listIntegrations(deps, query)),
    route(operations.getIntegration, async ({ params }) => wire(deps, await getVisibleIntegration(deps, params.id))),
    route(operations.startSync, async ({ params }) => toWireSync(await startSync(deps, params.id))),
    route(operations.getSync, async ({ params }) => toWireSync(await getSync(deps, params.id, params.syncId))),
    route(operations.listSyncs, async ({ params, query }) => {
      const { items, nextCursor } = await listSyncs(deps, params.id, query)
      return { items: items.map((sync) => toWireSync(sync)), nextCursor }
    }),
  ]
}

function dataRoutes(deps: ApiDependencies, views: SnapshotViews): ApiRoute[] {
  return [
    route(operations.listUsers, ({ params, query }) => listUsers(deps, views, params.id, query)),
    route(operations.getUser, ({ params }) => getUser(views, params.id, params.userId)),
    route(operations.getUserUsage, ({ params, query }) => getUserUsage(deps, views, params, query)),
    route(operations.getUsage, ({ params, query }) => getUsage(deps, views, params.id, query)),
    route(operations.getLicenses, ({ params }) => getLicenses(deps, views, params.id)),
  ]
}
