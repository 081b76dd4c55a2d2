import { recordOf } from '../data-sets/data-set.ts'
import { FINDING_TYPES, type FindingType, type Severity } from '../domain/finding.ts'
import { PROVIDERS } from '../providers/registry.ts'
import type { WireCompanyCosts } from './company-costs-contract.ts'
import type { WireOverview } from './overview-contract.ts'

const notRead: WireOverview['costsNotRead'] = [
  {
    integrationId: '01KAVJ2Q92B4D6F8H0J2K4M6N8',
    integrationName: 'Acme Labs',
    provider: PROVIDERS[0].id,
    state: 'failed',
    costsAsOf: '2026-11-23T18:00:09.876Z',
    from: '2026-09-25',
    to: '2026-11-23',
    stale: false,
    attribution: 'provider',
  },
]

const FOUND = new Map<FindingType, { readonly count: number; readonly severity: Severity }>([
  ['external_owner', { count: 2, severity: 'high' }],
  ['stale_key', { count: 11, severity: 'medium' }],
  ['idle_member', { count: 40, severity: 'low' }],
])

const overview: WireOverview = {
  people: 231,
  outsiders: { people: 9, owners: 2 },
  seats: { member: 214, guest: 31 },
  licenses: { inUse: 180, unused: 65, noData: 0 },
  costs: [
    {
      currency: 'USD',
      to: '2026-11-24',
      thisMonth: '1804.25',
      sameDaysLastMonth: '1520.5',
      lastMonth: '2210.75',
      finished: { to: '2026-11-22', thisMonth: '1790.5', sameDaysLastMonth: '1390.125' },
    },
  ],
  costsNotRead: notRead,
  findings: {
    high: 2,
    medium: 11,
    low: 40,
    byType: recordOf(FINDING_TYPES, (type) => FOUND.get(type)?.count ?? 0),
    mostSevere: recordOf(FINDING_TYPES, (type) => FOUND.get(type)?.severity ?? null),
  },
  integrations: { connected: 2, actionRequired: 1, stale: 1, neverSynced: 0 },
  oldestSyncedAt: '2026-11-23T18:00:09.876Z',
}

const costs: WireCompanyCosts = {
  from: '2026-11-01',
  to: '2026-11-24',
  groupBy: 'person',
  items: [
    {
      personId: 'q3V8mZ1cT0x7KpLr2fWsYA',
      name: 'Ana',
      email: 'ana@acme.example',
      kind: 'member',
      currency: 'USD',
      amount: '1800.25',
    },
    { personId: null, name: null, email: null, kind: 'service_account', currency: 'USD', amount: '4' },
  ],
  nextCursor: null,
  total: 2,
  totals: [{ currency: 'USD', amount: '1804.25' }],
  notRead,
  oldestSyncedAt: '2026-11-23T18:00:09.876Z',
}

/** The answers of calls with figures over all organizations. */
export const overviewExamples = { getOverview: overview, getCompanyCosts: costs }
