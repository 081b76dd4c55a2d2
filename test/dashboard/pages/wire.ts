import type { WireAsOf, WireLicenses, WireUser } from '../../../shared/contracts/data-contract.ts'
import type { WireUsage } from '../../../shared/contracts/usage-contract.ts'
import type { WireIntegration } from '../../../shared/contracts/integration-contract.ts'
import type { WireProvider } from '../../../shared/contracts/provider-contract.ts'
import type { WireSync } from '../../../shared/contracts/sync-contract.ts'
import { counts, NO_AMOUNTS, WINDOW } from '../../builders.ts'

export const ID = '01K0000000000000000000ORG0'
export const PATH = `/v1/integrations/${ID}`

export const AS_OF: WireAsOf = {
  syncId: '01K0000000000000000000SYNC',
  syncedAt: '2026-11-24T12:00:00.000Z',
  ...WINDOW,
  stale: false,
}

/** A provider without any real provider's words. */
export function wireProvider(overrides: Partial<WireProvider> = {}): WireProvider {
  return {
    id: 'openai',
    name: 'Quill',
    partName: 'workspace',
    membersUrl: 'https://quill.example/members',
    unmeasuredProduct: 'Quill Letters',
    countsAsRequests: 'Pages written with ink',
    freeSeats: true,
    key: {
      label: 'Scribe key',
      prefix: 'qk-',
      whoCanCreate: '**Only a head scribe** can create one.',
      steps: ['Open [Keys](https://quill.example/keys) there.', 'It begins with `qk-`.'],
    },
    dataSets: [
      { id: 'directory', required: true, permission: 'scribes', gives: 'Scribes' },
      { id: 'usage', required: true, permission: 'ink', gives: 'Ink used' },
    ],
    ...overrides,
  }
}

type DataSetState = WireIntegration['dataSets'][number]

/** A data set that was read by the last sync. */
export function dataSetState(overrides: Partial<DataSetState> = {}): DataSetState {
  return {
    id: 'directory',
    state: 'current',
    problem: null,
    syncedAt: AS_OF.syncedAt,
    ...WINDOW,
    missing: [],
    ...overrides,
  }
}

/** A connected organization that was synced once. No two figures are the same. */
export function wireIntegration(overrides: Partial<WireIntegration> = {}): WireIntegration {
  return {
    id: ID,
    provider: 'openai',
    name: 'Acme Europe',
    state: 'connected',
    problem: null,
    keyHint: 'WXYZ',
    keyExpiresAt: null,
    companyDomains: ['acme.example'],
    companyDomainsInferred: true,
    schedule: 'every-6-hours',
    nextSyncAt: '2026-11-24T18:00:00.000Z',
    simulated: false,
    createdAt: '2026-01-02T00:00:00.000Z',
    lastSync: wireSync(),
    lastSuccessfulSyncAt: AS_OF.syncedAt,
    recordedSyncId: AS_OF.syncId,
    dataSets: [dataSetState(), dataSetState({ id: 'usage' })],
    counts: { members: 31, guests: 32, inUse: 33, unused: 34, noData: 35 },
    ...overrides,
  }
}

/** A scheduled sync that succeeded. No two figures are the same. */
export function wireSync(overrides: Partial<WireSync> = {}): WireSync {
  return {
    id: AS_OF.syncId,
    state: 'succeeded',
    trigger: 'schedule',
    queuedAt: '2026-11-24T11:59:00.000Z',
    startedAt: '2026-11-24T11:59:30.000Z',
    finishedAt: AS_OF.syncedAt,
    progress: null,
    problem: null,
    read: counts({ users: 21, usageRows: 22 }),
    written: counts({ users: 23, usageRows: 24 }),
    removedUsers: 25,
    dataSets: [],
    ...overrides,
  }
}

/** An active member. No two figures are the same. */
export function wireUser(overrides: Partial<WireUser> = {}): WireUser {
  return {
    id: 'user-ada',
    kind: 'person',
    email: 'ada@acme.example',
    name: 'Ada Lovelace',
    role: 'reader',
    accountStatus: 'active',
    seat: { type: 'member', reason: 'company_domain' },
    license: 'in_use',
    lastActiveOn: '2026-11-20',
    lastActivitySource: 'usage',
    lastLoginOn: null,
    cost: null,
    ...NO_AMOUNTS,
    requests: 71,
    inputTokens: 800,
    cachedInputTokens: 73,
    outputTokens: 74,
    addedAt: '2026-03-04T12:00:00.000Z',
    removedAt: null,
    projects: null,
    dailyRequests: [0, 30, 0, 41],
    ...overrides,
  }
}

/** Figures of people, no two the same. */
export function wireLicenses(overrides: Partial<WireLicenses> = {}): WireLicenses {
  return {
    asOf: AS_OF,
    sources: ['usage'],
    people: { active: 41, disabled: 42, banned: 43 },
    serviceAccounts: 44,
    pendingInvites: null,
    seats: { member: 45, guest: 46 },
    licenses: { inUse: 47, unused: 48, noData: 49 },
    roles: [
      { role: 'reader', people: 40 },
      { role: 'owner', people: 1 },
    ],
    activePeople: { today: 51, last7Days: 52, last30Days: 53 },
    ...overrides,
  }
}

const TOKENS = { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 }

/** Usage of two days, by day. */
export function wireUsageByDay(requests: readonly [number, number] = [61, 3]): WireUsage {
  const days = ['2026-11-20', '2026-11-24'] as const
  const items = days.map((day, at) => {
    const numbers = { requests: requests[at] ?? 0, ...TOKENS }
    return { day, ...numbers, models: [{ model: 'gpt-5', ...numbers }] }
  })
  const total = { requests: requests[0] + requests[1], ...TOKENS }
  return { asOf: AS_OF, from: WINDOW.from, to: WINDOW.to, groupBy: 'day', items, nextCursor: null, total }
}

type UserRow = Extract<WireUsage['items'][number], { userId: unknown; outputTokens: unknown }>

/** Usage by user. */
export function wireUsageByUser(rows: readonly Pick<UserRow, 'userId' | 'email' | 'kind' | 'requests'>[]): WireUsage {
  const items = rows.map((row) => ({ name: null, ...row, ...TOKENS }))
  const total = { requests: 0, ...TOKENS }
  return { asOf: AS_OF, from: WINDOW.from, to: WINDOW.to, groupBy: 'user', items, nextCursor: null, total }
}

/** A page of users. */
export function wireUsers(items: readonly WireUser[], total = items.length) {
  return { items, nextCursor: null, total, asOf: AS_OF, sources: ['usage'] }
}

/** Somebody who may read, or write too. */
export function wireMe(role: 'viewer' | 'reviewer' | 'admin') {
  return { subject: 'somebody', name: 'Some Body', role }
}
