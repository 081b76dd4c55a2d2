import { PROVIDERS } from '../providers/registry.ts'
import { TOTAL_MEASURES } from '../data-sets/by-series.ts'
import type { DaySeries, Measure } from '../data-sets/data-set.ts'
import { DAY_SERIES } from '../data-sets/registry.ts'
import { findingsExamples } from './findings-examples.ts'
import { listExamples } from './list-examples.ts'
import { overviewExamples } from './overview-examples.ts'
import { peopleExamples } from './people-examples.ts'
import { reviewsAnswerExamples, reviewsRequestExamples } from './reviews-examples.ts'
import { rosterAnswerExamples, rosterRequestExamples } from './roster-contract.ts'
import { usage } from '../data-sets/usage/usage.ts'
import { toWireProviders } from './provider-contract.ts'
import { syncCountsOf } from './sync-contract.ts'
import { SERIES_OPERATIONS } from './series-operations.ts'

/* The examples of the OpenAPI document. A test checks each one against its schema. */

const INTEGRATION_ID = '01KAVJ2Q8ZC4T0M6W3X5Y7R9NB'
const SYNC_ID = '01KAVJ2Q90F2H4J6K8M0N2P4Q6'
const [PROVIDER] = PROVIDERS
const KEY = `${PROVIDER.key.prefix}EXAMPLE-0000000000000000abcd`

const asOf = {
  syncId: SYNC_ID,
  syncedAt: '2026-11-24T06:00:12.345Z',
  from: '2026-09-26',
  to: '2026-11-24',
  stale: false,
}

const sync = {
  id: SYNC_ID,
  state: 'succeeded',
  trigger: 'schedule',
  queuedAt: '2026-11-24T06:00:00.512Z',
  startedAt: '2026-11-24T06:00:01.204Z',
  finishedAt: '2026-11-24T06:00:12.345Z',
  progress: null,
  problem: null,
  read: syncCountsOf((id) => (id === 'directory' ? 240 : 9_387)),
  written: syncCountsOf((id) => (id === 'directory' ? 1 : 214)),
  removedUsers: 0,
  dataSets: [
    { id: 'directory', outcome: 'read', rows: 240, problem: null },
    ...DAY_SERIES.map(({ id }) => ({ id, outcome: 'read', rows: 9_387, problem: null })),
  ],
}

const integration = {
  id: INTEGRATION_ID,
  provider: PROVIDER.id,
  name: 'Acme Europe',
  state: 'connected',
  problem: null,
  keyHint: 'abcd',
  keyExpiresAt: '2027-06-30T00:00:00.000Z',
  companyDomains: ['acme.example'],
  companyDomainsInferred: true,
  schedule: 'every-6-hours',
  nextSyncAt: '2026-11-24T12:00:00.000Z',
  simulated: false,
  createdAt: '2026-11-01T09:30:00.000Z',
  lastSync: sync,
  lastSuccessfulSyncAt: '2026-11-24T06:00:12.345Z',
  recordedSyncId: SYNC_ID,
  dataSets: PROVIDER.dataSets.map(({ id }) => ({
    id,
    state: 'current',
    problem: null,
    syncedAt: asOf.syncedAt,
    from: asOf.from,
    to: asOf.to,
    missing: [],
  })),
  counts: { members: 198, guests: 27, inUse: 171, unused: 54, noData: 0 },
}

function amountsOf(measures: readonly Measure[]) {
  return Object.fromEntries(measures.map(({ name, example }) => [name, example]))
}

function dayOf(series: DaySeries) {
  const amounts = amountsOf(series.measures)
  const parts = series.dimensions.map(({ name, plural, example }) => [plural, [{ [name]: example, ...amounts }]])
  return { day: '2026-11-24', ...amounts, ...Object.fromEntries(parts) }
}

const seriesAnswers = Object.fromEntries(
  SERIES_OPERATIONS.flatMap(({ series, ofOrganization, ofUser }) => {
    const range = { from: '2026-11-24', to: '2026-11-24', groupBy: 'day' }
    const items = [dayOf(series)]
    return [
      [ofUser.operationId, { items, nextCursor: null, asOf }],
      [ofOrganization.operationId, { asOf, ...range, items, nextCursor: null, total: amountsOf(series.measures) }],
    ]
  }),
)

const usageRange = { from: '2026-11-24', to: '2026-11-24', groupBy: 'day' }
const usageAnswers = {
  getUserUsage: {
    items: [{ ...dayOf(usage), otherKinds: [{ kind: 'images', requests: 7, quantity: 12, unit: 'images' }] }],
    nextCursor: null,
    asOf,
  },
  getUsage: { asOf, ...usageRange, items: [dayOf(usage)], nextCursor: null, total: amountsOf(usage.measures) },
}

const costRange = { from: '2026-11-24', to: '2026-11-24', groupBy: 'day' }
const costDay = {
  day: '2026-11-24',
  amount: '12.5',
  preliminary: true,
  projects: [{ projectId: 'proj_abc', name: 'Research', amount: '12.5' }],
  lineItems: [{ lineItem: 'gpt-5, input', amount: '12.5' }],
}
const costsAnswers = {
  getUserCosts: {
    asOf,
    attribution: 'provider',
    currency: 'USD',
    items: [{ day: '2026-11-24', amount: '1.75', preliminary: true }],
    nextCursor: null,
  },
  getCosts: {
    asOf,
    ...costRange,
    attribution: 'provider',
    currency: 'USD',
    items: [costDay],
    nextCursor: null,
    total: '12.5',
    otherCurrencies: [],
  },
}

const user = {
  id: 'user-abc',
  kind: 'person',
  email: 'ana@acme.example',
  name: 'Ana',
  role: 'reader',
  accountStatus: 'active',
  seat: { type: 'member', reason: 'company_domain' },
  license: 'in_use',
  lastActiveOn: '2026-11-24',
  lastActivitySource: 'usage',
  lastLoginOn: '2026-11-23',
  ...amountsOf(TOTAL_MEASURES),
  cost: { amount: '1.75', currency: 'USD' },
  addedAt: '2026-01-01T00:00:00.000Z',
  removedAt: null,
  projects: [{ id: 'proj_abc', name: 'Research', role: 'member' }],
  dailyRequests: [0, 0, 42],
}

/** The request body of each operation that has one. */
export const requestExamples: Readonly<Record<string, unknown>> = {
  checkKey: { provider: PROVIDER.id, adminApiKey: KEY },
  connectIntegration: {
    provider: PROVIDER.id,
    name: 'Acme Europe',
    adminApiKey: KEY,
    companyDomains: ['acme.example'],
  },
  editIntegration: { name: 'Acme', companyDomains: null },
  acceptFinding: { reason: 'The key belongs to the nightly batch until it has moved.' },
  ...reviewsRequestExamples,
  ...rosterRequestExamples,
}

/** The answer of each operation. */
export const answerExamples: Readonly<Record<string, unknown>> = {
  getHealth: { status: 'ok', version: '1.0.0' },
  getOpenApi: { openapi: '3.1.0' },
  getMe: { subject: '5f0e8c1a', name: 'Ana', role: 'admin' },
  listAuditEvents: {
    items: [
      {
        id: '01KAVJ2Q91A3C5E7G9H1J3K5M7',
        at: '2026-11-24T09:12:30.000Z',
        actor: { subject: '5f0e8c1a', name: 'Ana' },
        action: 'edit',
        operation: 'editIntegration',
        integrationId: INTEGRATION_ID,
        findingId: null,
        changedFields: ['name', 'companyDomains'],
        outcome: 'succeeded',
        code: null,
      },
    ],
    nextCursor: null,
  },
  listProviders: toWireProviders([PROVIDER]),
  checkKey: {
    valid: true,
    keyHint: 'abcd',
    keyExpiresAt: null,
    organization: null,
    checks: PROVIDER.dataSets.map(({ id, required }) => ({
      dataSet: id,
      required,
      ok: true,
      code: null,
      detail: null,
    })),
  },
  connectIntegration: integration,
  listIntegrations: { items: [integration], nextCursor: null },
  getIntegration: integration,
  editIntegration: { ...integration, name: 'Acme' },
  startSync: { ...sync, state: 'queued', trigger: 'manual', startedAt: null, finishedAt: null },
  listSyncs: { items: [sync], nextCursor: null },
  getSync: sync,
  listUsers: { items: [user], nextCursor: null, total: 1, asOf, sources: ['usage', 'other_usage', 'keys'] },
  getUser: user,
  ...usageAnswers,
  ...costsAnswers,
  ...seriesAnswers,
  ...listExamples(asOf),
  ...peopleExamples,
  ...overviewExamples,
  ...findingsExamples,
  ...reviewsAnswerExamples,
  ...rosterAnswerExamples,
  getLicenses: {
    asOf,
    sources: ['usage', 'other_usage', 'keys'],
    people: { active: 225, disabled: 6, banned: 2 },
    serviceAccounts: 7,
    pendingInvites: 3,
    seats: { member: 198, guest: 27 },
    licenses: { inUse: 171, unused: 54, noData: 0 },
    roles: [
      { role: 'reader', people: 217 },
      { role: 'owner', people: 8 },
    ],
    activePeople: { today: 64, last7Days: 131, last30Days: 160 },
  },
  listSchedules: {
    items: [{ name: 'every-6-hours', expression: 'rate(6 hours)', timeZone: 'UTC', default: true }],
    nextCursor: null,
  },
}
