import type { WireCostsNotRead } from '../../../shared/contracts/company-costs-contract.ts'
import type { WireFinding, WireFindings } from '../../../shared/contracts/findings-contract.ts'
import type { WireOverview } from '../../../shared/contracts/overview-contract.ts'
import { AS_OF, ID, wireIntegration, wireMe, wireUser } from './wire.ts'
import { wireKey } from './wire-lists.ts'

/** Another organization. */
export const OTHER_ID = '01K0000000000000000000ORG1'

export const TWO_INTEGRATIONS = [
  wireIntegration(),
  wireIntegration({ id: OTHER_ID, name: 'Acme Asia', provider: 'openai' }),
]

/** What any page over all organizations asks for. */
export function companyAnswers(role: 'viewer' | 'reviewer' | 'admin' = 'viewer', integrations = TWO_INTEGRATIONS) {
  return { '/v1/me': wireMe(role), '/v1/integrations': { items: integrations, nextCursor: null } }
}

/** Counts of findings where there are none. */
export const NO_FINDINGS: WireOverview['findings'] = {
  high: 0,
  medium: 0,
  low: 0,
  byType: {
    integration_problem: 0,
    key_expiring: 0,
    leaver_key: 0,
    external_owner: 0,
    not_in_roster: 0,
    removal_not_done: 0,
    ownerless_key: 0,
    stale_key: 0,
    eternal_key: 0,
    idle_member: 0,
    spend_spike: 0,
  },
  mostSevere: {
    integration_problem: null,
    key_expiring: null,
    leaver_key: null,
    external_owner: null,
    not_in_roster: null,
    removal_not_done: null,
    ownerless_key: null,
    stale_key: null,
    eternal_key: null,
    idle_member: null,
    spend_spike: null,
  },
}

/** Figures over two organizations, no two the same. */
export function wireOverview(overrides: Partial<WireOverview> = {}): WireOverview {
  return {
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
        finished: { to: '2026-11-22', thisMonth: '1500', sameDaysLastMonth: '1200' },
      },
    ],
    costsNotRead: [],
    findings: {
      high: 2,
      medium: 11,
      low: 40,
      byType: { ...NO_FINDINGS.byType, external_owner: 2, stale_key: 11, idle_member: 40 },
      mostSevere: { ...NO_FINDINGS.mostSevere, external_owner: 'high', stale_key: 'medium', idle_member: 'low' },
    },
    integrations: { connected: 2, actionRequired: 0, stale: 0, neverSynced: 0 },
    oldestSyncedAt: AS_OF.syncedAt,
    ...overrides,
  }
}

/** An organization whose costs were last read long ago. */
export function wireCostsNotRead(overrides: Partial<WireCostsNotRead> = {}): WireCostsNotRead {
  return {
    integrationId: OTHER_ID,
    integrationName: 'Acme Asia',
    provider: 'openai',
    state: 'failed',
    costsAsOf: '2026-11-20T12:00:00.000Z',
    from: '2026-09-22',
    to: '2026-11-20',
    stale: false,
    attribution: 'provider',
    ...overrides,
  }
}

/** A key whose owner was removed, and that was used after that. */
export function wireFinding(overrides: Partial<WireFinding> = {}): WireFinding {
  const owner = { kind: 'user', id: 'user-ana', email: 'ana@acme.example', name: 'Ana', status: 'removed' } as const
  return {
    id: `leaver_key.${ID}.aaaaaaaaaaaaaaaaaaaaaa`,
    type: 'leaver_key',
    severity: 'high',
    integrationId: ID,
    integrationName: 'Acme Europe',
    subject: { kind: 'key', id: 'key-1', label: 'Nightly job', personId: null },
    since: '2026-11-03',
    evidence: {
      type: 'leaver_key',
      key: keyFacts({ owner }),
      ownerRemovedAt: '2026-11-03T12:00:00.000Z',
      usedAfterRemoval: true,
    },
    cost: { amount: '12.5', currency: 'USD' },
    action: { text: 'Find out who uses it, and delete it.', url: 'https://quill.example/keys' },
    state: 'open',
    accepted: null,
    ...overrides,
  }
}

/** Somebody without use in another organization. */
export function wireIdleFinding(overrides: Partial<WireFinding> = {}): WireFinding {
  return wireFinding({
    id: `idle_member.${OTHER_ID}.bbbbbbbbbbbbbbbbbbbbbb`,
    type: 'idle_member',
    severity: 'low',
    integrationId: OTHER_ID,
    integrationName: 'Acme Asia',
    subject: { kind: 'member', id: 'user/bo', label: 'Bo', personId: 'person-bo' },
    since: null,
    evidence: {
      type: 'idle_member',
      member: memberFacts({ lastActiveOn: null, lastLoginOn: '2026-11-19' }),
      from: '2026-09-26',
      sources: ['usage'],
    },
    cost: null,
    action: { text: 'Ask whether they still need access.', url: 'https://quill.example/members' },
    ...overrides,
  })
}

/** What a finding says of a key. */
export function keyFacts(overrides: Parameters<typeof wireKey>[0] = {}) {
  const { kind, name, hint, project, owner, createdAt, lastUsedOn, expiresAt, status } = wireKey(overrides)
  return { kind, name, hint, project, owner, createdAt, lastUsedOn, expiresAt, status }
}

/** What a finding says of a member. */
export function memberFacts(overrides: Parameters<typeof wireUser>[0] = {}) {
  const { email, name, role, seat, addedAt, lastActiveOn, lastLoginOn } = wireUser(overrides)
  return { email, name, role, seat, addedAt, lastActiveOn, lastLoginOn }
}

/** A page of findings. */
export function wireFindings(items: readonly WireFinding[], overrides: Partial<WireFindings> = {}): WireFindings {
  return {
    items: [...items],
    nextCursor: null,
    total: items.length,
    oldestSyncedAt: AS_OF.syncedAt,
    notJudged: [],
    ...overrides,
  }
}

/** The keys of the other organization could not be read. */
export const KEYS_NOT_JUDGED: WireFindings['notJudged'][number] = {
  integrationId: OTHER_ID,
  integrationName: 'Acme Asia',
  dataSet: 'keys',
  state: 'not_permitted',
  types: ['leaver_key', 'ownerless_key', 'stale_key', 'eternal_key'],
}
