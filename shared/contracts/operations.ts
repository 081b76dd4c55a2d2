import * as z from 'zod'
import { PROVIDER_PROBLEM_CODES } from '../domain/problem.ts'
import * as audit from './audit-contract.ts'
import { costsOperations } from './costs-operations.ts'
import * as data from './data-contract.ts'
import * as integrations from './integration-contract.ts'
import { findingsOperations } from './findings-operations.ts'
import { listOperations } from './list-operations.ts'
import {
  exportable,
  integrationParams,
  noContent,
  ofIntegration,
  ok,
  operation,
  reading,
  userParams,
} from './operation.ts'
import { overviewOperations } from './overview-operations.ts'
import { peopleOperations } from './people-operations.ts'
import * as providers from './provider-contract.ts'
import { reviewsOperations } from './reviews-operations.ts'
import { rosterOperations } from './roster-operations.ts'
import { seriesOperations } from './series-operations.ts'
import { usageOperations } from './usage-operations.ts'
import * as syncs from './sync-contract.ts'

const syncParams = z.strictObject({ id: z.string(), syncId: z.string() })
/** A call that only an admin may make. */
const writing = { ...reading, method: 'POST', role: 'admin' } as const

/** Every call there is. The router serves these, and the OpenAPI document lists them. */
export const operations = {
  getHealth: operation({
    ...reading,
    operationId: 'getHealth',
    path: '/v1/health',
    summary: 'Says that the API answers, and its version',
    role: 'none',
    answer: ok('The API answers', z.strictObject({ status: z.literal('ok'), version: z.string() })),
  }),
  getOpenApi: operation({
    ...reading,
    operationId: 'getOpenApi',
    path: '/v1/openapi.json',
    summary: 'This document',
    role: 'none',
    answer: ok('The OpenAPI document', z.record(z.string(), z.unknown())),
  }),
  getMe: operation({
    ...reading,
    operationId: 'getMe',
    path: '/v1/me',
    summary: 'Says who the token stands for, and their role',
    answer: ok('The caller', audit.meSchema),
  }),
  listAuditEvents: operation({
    ...reading,
    operationId: 'listAuditEvents',
    path: '/v1/audit-events',
    summary: 'Lists who did what in the last 400 days, newest first',
    role: 'admin',
    query: audit.auditEventListQuery,
    answer: ok('A page of audit events', audit.auditEventListSchema),
  }),
  listProviders: operation({
    ...reading,
    operationId: 'listProviders',
    path: '/v1/providers',
    summary: 'Lists the providers whose organizations can be connected, and how to get a key of each',
    answer: ok('The providers', providers.providerListSchema),
  }),
  checkKey: operation({
    ...writing,
    operationId: 'checkKey',
    path: '/v1/key-checks',
    summary: 'Tries a key on each data set and stores nothing',
    body: integrations.keyCheckRequest,
    answer: ok('What each data set answered', integrations.keyCheckSchema),
  }),
  connectIntegration: operation({
    ...writing,
    operationId: 'connectIntegration',
    path: '/v1/integrations',
    summary: 'Connects an organization, after its key has been checked, and queues its first sync',
    audit: 'connect',
    body: integrations.connectRequest,
    answer: { status: 201, description: 'Connected', schema: integrations.integrationSchema },
    problems: ['validation_failed', 'name_taken', 'organization_already_connected', ...PROVIDER_PROBLEM_CODES],
  }),
  listIntegrations: operation({
    ...reading,
    operationId: 'listIntegrations',
    path: '/v1/integrations',
    summary: 'Lists the connected organizations, the oldest first',
    query: integrations.integrationListQuery,
    answer: ok('A page of integrations', integrations.integrationListSchema),
  }),
  getIntegration: operation({
    ...ofIntegration,
    operationId: 'getIntegration',
    path: '/v1/integrations/{id}',
    summary: 'Shows one integration',
    answer: ok('The integration', integrations.integrationSchema),
  }),
  editIntegration: operation({
    ...writing,
    operationId: 'editIntegration',
    method: 'PATCH',
    path: '/v1/integrations/{id}',
    summary:
      'Renames an integration, sets its company domains, schedule or key; a new key is checked first and syncs at once',
    audit: 'edit',
    params: integrationParams,
    body: integrations.editRequest,
    answer: ok('The integration', integrations.integrationSchema),
    problems: [
      'validation_failed',
      'not_found',
      'name_taken',
      'edit_in_progress',
      'organization_already_connected',
      ...PROVIDER_PROBLEM_CODES,
    ],
  }),
  deleteIntegration: operation({
    ...writing,
    operationId: 'deleteIntegration',
    method: 'DELETE',
    path: '/v1/integrations/{id}',
    summary: 'Removes an integration with its key and its data; repeating it is harmless',
    audit: 'delete',
    params: integrationParams,
    answer: { status: 204, description: 'Gone', schema: noContent },
    problems: ['validation_failed', 'not_found'],
  }),
  startSync: operation({
    ...writing,
    operationId: 'startSync',
    path: '/v1/integrations/{id}/syncs',
    summary: 'Queues a sync',
    audit: 'manual_sync',
    params: integrationParams,
    answer: { status: 202, description: 'Queued', schema: syncs.syncSchema },
    problems: ['validation_failed', 'not_found', 'sync_in_progress'],
  }),
  listSyncs: operation({
    ...ofIntegration,
    operationId: 'listSyncs',
    path: '/v1/integrations/{id}/syncs',
    summary: 'Lists the syncs, newest first',
    query: syncs.syncListQuery,
    answer: ok('A page of syncs', syncs.syncListSchema),
  }),
  getSync: operation({
    ...ofIntegration,
    operationId: 'getSync',
    path: '/v1/integrations/{id}/syncs/{syncId}',
    summary: 'Shows one sync',
    params: syncParams,
    answer: ok('The sync', syncs.syncSchema),
  }),
  listUsers: operation({
    ...exportable,
    operationId: 'listUsers',
    path: '/v1/integrations/{id}/users',
    summary: 'Lists the members with seat, license and last activity',
    query: data.userListQuery,
    answer: ok('A page of users', data.userListSchema),
  }),
  getUser: operation({
    ...ofIntegration,
    operationId: 'getUser',
    path: '/v1/integrations/{id}/users/{userId}',
    summary: 'Shows one user',
    params: userParams,
    answer: ok('The user', data.userSchema),
  }),
  ...usageOperations,
  ...costsOperations,
  ...seriesOperations,
  ...listOperations,
  ...peopleOperations,
  ...overviewOperations,
  ...findingsOperations,
  ...reviewsOperations,
  ...rosterOperations,
  getLicenses: operation({
    ...ofIntegration,
    operationId: 'getLicenses',
    path: '/v1/integrations/{id}/licenses',
    summary: 'Counts people, seats and licenses',
    answer: ok('The figures', data.licensesSchema),
  }),
  listSchedules: operation({
    ...reading,
    operationId: 'listSchedules',
    path: '/v1/schedules',
    summary: 'Lists the schedules that an integration can name',
    query: integrations.integrationListQuery,
    answer: ok('A page of schedules', integrations.scheduleListSchema),
  }),
} as const
