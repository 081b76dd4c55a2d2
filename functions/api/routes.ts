import { createOpenApiDocument } from '../../shared/contracts/openapi-document.ts'
import { operations } from '../../shared/contracts/operations.ts'
import { toWireProviders } from '../../shared/contracts/provider-contract.ts'
import { PROVIDERS } from '../../shared/providers/registry.ts'
import { COSTS_OPERATIONS } from '../../shared/contracts/costs-operations.ts'
import { SERIES_OPERATIONS, type SeriesOperations } from '../../shared/contracts/series-operations.ts'
import { USAGE_OPERATIONS } from '../../shared/contracts/usage-operations.ts'
import type { ApiDependencies } from './api-dependencies.ts'
import { requireRole } from './http/caller.ts'
import { tryKey } from './integrations/check-key.ts'
import { connectIntegration } from './integrations/connect-integration.ts'
import { deleteIntegration } from './integrations/delete-integration.ts'
import { editIntegration } from './integrations/edit-integration.ts'
import { listAuditEvents } from './audit/read-audit-events.ts'
import { listIntegrations, listSchedules, wire } from './integrations/read-integrations.ts'
import { getSync, listSyncs } from './syncs/read-syncs.ts'
import { exportCosts, exportUserCosts, getCosts, getUserCosts } from './data/read-costs.ts'
import { exportInvites, listInvites } from './data/read-invites.ts'
import { exportKeys, listKeys } from './data/read-keys.ts'
import { getLicenses } from './data/read-licenses.ts'
import { exportSeries, exportUserDays, getSeries, getUserDays } from './data/read-series.ts'
import { exportUsage, exportUserUsage, getUsage, getUserUsage } from './data/read-usage.ts'
import { exportUsers, getUser, listUsers } from './data/read-users.ts'
import { acceptFinding, reopenFinding } from './findings/accept-finding.ts'
import type { FindingsIndex } from './findings/findings-index.ts'
import { countFindings, listFindings } from './findings/read-findings.ts'
import { csvRoute, route, type ApiRoute } from './http/route.ts'
import type { SnapshotCache } from './data/snapshot-cache.ts'
import { createIndexes, type Indexes } from './indexes.ts'
import { CompanyCosts } from './overview/read-company-costs.ts'
import { Overview } from './overview/read-overview.ts'
import type { PeopleIndex } from './people/people-index.ts'
import { exportPeople, getPerson, listPeople } from './people/read-people.ts'
import { reviewsRoutes } from './reviews/reviews-routes.ts'
import { exportRoster, replaceRoster } from './roster/edit-roster.ts'
import type { RosterCache } from './roster/roster-cache.ts'
import { startSync } from './syncs/start-sync.ts'
import { getVisibleIntegration } from './integrations/visible-integration.ts'

/** Connects every operation to its implementation. */
export function createRoutes(
  deps: ApiDependencies,
  { snapshots, roster, people, findings, reviews }: Indexes = createIndexes(deps),
): readonly ApiRoute[] {
  return [
    ...deploymentRoutes(deps),
    ...integrationRoutes(deps),
    ...syncRoutes(deps),
    ...dataRoutes(deps, snapshots),
    ...peopleRoutes(deps, people),
    ...findingsRoutes(deps, { findings, people }),
    ...overviewRoutes(deps, people, findings),
    ...reviewsRoutes(deps, people, reviews),
    ...rosterRoutes(deps, roster),
  ]
}

function deploymentRoutes(deps: ApiDependencies): ApiRoute[] {
  // Created on first use, so cold starts do not pay for it.
  let document: ReturnType<typeof createOpenApiDocument> | undefined
  return [
    route(deps, operations.getHealth, async () => ({ status: 'ok' as const, version: deps.version })),
    route(deps, operations.getOpenApi, async () => (document ??= createOpenApiDocument(deps.version))),
    route(deps, operations.listSchedules, ({ query }) => listSchedules(deps, query)),
    route(deps, operations.getMe, async ({ principal }) => {
      const { subject, name, role } = requireRole(principal, 'viewer')
      return { subject, name, role }
    }),
    route(deps, operations.listAuditEvents, ({ query }) => listAuditEvents(deps, query)),
    route(deps, operations.listProviders, async () => toWireProviders(PROVIDERS)),
    route(deps, operations.checkKey, ({ body }) => tryKey(deps, body)),
  ]
}

function integrationRoutes(deps: ApiDependencies): ApiRoute[] {
  return [
    route(deps, operations.connectIntegration, async ({ body }) => wire(deps, await connectIntegration(deps, body))),
    route(deps, operations.listIntegrations, ({ query }) => listIntegrations(deps, query)),
    route(deps, operations.getIntegration, async ({ params }) =>
      wire(deps, await getVisibleIntegration(deps, params.id)),
    ),
    route(deps, operations.editIntegration, async ({ params, body }) =>
      wire(deps, await editIntegration(deps, params.id, body)),
    ),
    route(deps, operations.deleteIntegration, ({ params }) => deleteIntegration(deps, params.id)),
  ]
}

function syncRoutes(deps: ApiDependencies): ApiRoute[] {
  return [
    route(deps, operations.startSync, ({ params }) => startSync(deps, params.id)),
    route(deps, operations.getSync, ({ params }) => getSync(deps, params.id, params.syncId)),
    route(deps, operations.listSyncs, ({ params, query }) => listSyncs(deps, params.id, query)),
  ]
}

function dataRoutes(deps: ApiDependencies, cache: SnapshotCache): ApiRoute[] {
  return [
    route(
      deps,
      operations.listUsers,
      ({ params, query }) => listUsers(deps, cache, params.id, query),
      ({ params, query }) => exportUsers(deps, cache, params.id, query),
    ),
    route(deps, operations.getUser, ({ params }) => getUser(cache, params.id, params.userId)),
    ...usageRoutes(deps, cache),
    ...costsRoutes(deps, cache),
    ...SERIES_OPERATIONS.flatMap((of) => seriesRoutes(deps, cache, of)),
    route(
      deps,
      operations.listKeys,
      ({ params, query }) => listKeys(deps, cache, params.id, query),
      ({ params, query }) => exportKeys(deps, cache, params.id, query),
    ),
    route(
      deps,
      operations.listInvites,
      ({ params, query }) => listInvites(deps, cache, params.id, query),
      ({ params }) => exportInvites(deps, cache, params.id),
    ),
    route(deps, operations.getLicenses, ({ params }) => getLicenses(deps, cache, params.id)),
  ]
}

function peopleRoutes(deps: ApiDependencies, index: PeopleIndex): ApiRoute[] {
  return [
    route(
      deps,
      operations.listPeople,
      ({ query }) => listPeople(index, query),
      ({ query }) => exportPeople(index, query),
    ),
    route(deps, operations.getPerson, ({ params }) => getPerson(index, params.personId)),
  ]
}

function overviewRoutes(deps: ApiDependencies, people: PeopleIndex, findings: FindingsIndex): ApiRoute[] {
  const overview = new Overview(deps, people, (data) => countFindings(findings, data))
  const costs = new CompanyCosts(deps, people)
  return [
    route(deps, operations.getOverview, () => overview.read()),
    route(
      deps,
      operations.getCompanyCosts,
      ({ query }) => costs.list(query),
      ({ query }) => costs.export(query),
    ),
  ]
}

function findingsRoutes(deps: ApiDependencies, indexes: Pick<Indexes, 'findings' | 'people'>): ApiRoute[] {
  return [
    route(deps, operations.listFindings, ({ query }) => listFindings(indexes, query)),
    route(deps, operations.acceptFinding, ({ params, body, principal }) =>
      acceptFinding(deps, indexes, params.findingId, { ...body, by: principal }),
    ),
    route(deps, operations.reopenFinding, ({ params }) => reopenFinding(deps, params.findingId)),
  ]
}

function rosterRoutes(deps: ApiDependencies, cache: RosterCache): ApiRoute[] {
  return [
    route(deps, operations.replaceRoster, ({ body }) => replaceRoster(deps, body)),
    csvRoute(deps, operations.getRoster, () => exportRoster(cache)),
    route(deps, operations.deleteRoster, () => deps.roster.deleteRoster()),
  ]
}

function usageRoutes(deps: ApiDependencies, cache: SnapshotCache): ApiRoute[] {
  const source = { deps, cache }
  const { ofUser, ofOrganization } = USAGE_OPERATIONS
  return [
    route(
      deps,
      ofUser,
      ({ params, query }) => getUserUsage(source, params, query),
      ({ params, query }) => exportUserUsage(source, params, query),
    ),
    route(
      deps,
      ofOrganization,
      ({ params, query }) => getUsage(source, params.id, query),
      ({ params, query }) => exportUsage(source, params.id, query),
    ),
  ]
}

function costsRoutes(deps: ApiDependencies, cache: SnapshotCache): ApiRoute[] {
  const source = { deps, cache }
  const { ofUser, ofOrganization } = COSTS_OPERATIONS
  return [
    route(
      deps,
      ofUser,
      ({ params, query }) => getUserCosts(source, params, query),
      ({ params, query }) => exportUserCosts(source, params, query),
    ),
    route(
      deps,
      ofOrganization,
      ({ params, query }) => getCosts(source, params.id, query),
      ({ params, query }) => exportCosts(source, params.id, query),
    ),
  ]
}

function seriesRoutes(deps: ApiDependencies, cache: SnapshotCache, operations: SeriesOperations): ApiRoute[] {
  const source = { deps, cache, series: operations.series }
  return [
    route(
      deps,
      operations.ofUser,
      ({ params, query }) => getUserDays(source, params, query),
      ({ params, query }) => exportUserDays(source, params, query),
    ),
    route(
      deps,
      operations.ofOrganization,
      ({ params, query }) => getSeries(source, params.id, query),
      ({ params, query }) => exportSeries(source, params.id, query),
    ),
  ]
}
