import type { WireFinding, WireFindings } from './findings-contract.ts'

const INTEGRATION = { integrationId: '01KAVJ2Q8ZC4T0M6W3X5Y7R9NB', integrationName: 'Acme Europe' }

const leaverKey: WireFinding = {
  id: `leaver_key.${INTEGRATION.integrationId}.Jx0bT1kqW9cV3mYz7LrN2A`,
  type: 'leaver_key',
  severity: 'high',
  ...INTEGRATION,
  subject: { kind: 'key', id: 'key_abc', label: 'nightly batch', personId: null },
  since: '2026-11-03',
  evidence: {
    type: 'leaver_key',
    key: {
      kind: 'project',
      name: 'nightly batch',
      hint: 'wxyz',
      project: { id: 'proj_abc', name: 'Research' },
      owner: { kind: 'user', id: 'user-abc', email: 'ana@acme.example', name: 'Ana', status: 'removed' },
      createdAt: '2026-03-02T10:00:00.000Z',
      lastUsedOn: '2026-11-23',
      expiresAt: null,
      status: 'active',
    },
    ownerRemovedAt: '2026-11-03T06:00:12.345Z',
    usedAfterRemoval: true,
  },
  cost: { amount: '12.5', currency: 'USD' },
  action: {
    text: 'Somebody uses the key of a person who is gone. Find out who, give them a key of their own, and delete this one.',
    url: 'https://provider.example/settings/keys',
  },
  state: 'open',
  accepted: null,
}

const removal: WireFinding = {
  id: `removal_not_done.${INTEGRATION.integrationId}.Zp4dC9vRk1yHs6LgQ2wXtA`,
  type: 'removal_not_done',
  severity: 'high',
  ...INTEGRATION,
  subject: { kind: 'member', id: 'user-def', label: 'Dan', personId: 'n0pQ4tVb8yWc2xZd6fGh1A' },
  since: '2026-11-02',
  evidence: {
    type: 'removal_not_done',
    reviewId: '01KBKS6Q3V8X2M4N7P9R1T5W0Y',
    reviewName: 'Access, fourth quarter',
    decidedAt: '2026-11-02T15:20:00.000Z',
    days: 22,
    state: 'pending',
  },
  cost: { amount: '3.2', currency: 'USD' },
  action: {
    text: 'Remove them as the review decided. If that was changed, accept this with the reason.',
    url: 'https://provider.example/settings/members',
  },
  state: 'open',
  accepted: null,
}

const spike: WireFinding = {
  id: `spend_spike.${INTEGRATION.integrationId}.b7Qf0sXe5TnKc1uMhR8yDg`,
  type: 'spend_spike',
  severity: 'medium',
  ...INTEGRATION,
  subject: { kind: 'integration', id: INTEGRATION.integrationId, label: INTEGRATION.integrationName, personId: null },
  since: '2026-11-20',
  evidence: {
    type: 'spend_spike',
    day: '2026-11-20',
    amount: '148.2',
    currency: 'USD',
    median: '31.75',
    baselineDays: 28,
    preliminary: false,
  },
  cost: { amount: '148.2', currency: 'USD' },
  action: {
    text: 'Look which project, person or key caused the costs of that day, and set a limit if they were not intended.',
    url: 'https://provider.example/settings/limits',
  },
  state: 'open',
  accepted: null,
}

const findings: WireFindings = {
  items: [leaverKey, removal, spike],
  nextCursor: null,
  total: 3,
  oldestSyncedAt: '2026-11-24T06:00:12.345Z',
  notJudged: [
    {
      integrationId: '01KAVJ2Q8ZC4T0M6W3X5Y7R9NC',
      integrationName: 'Acme Labs',
      dataSet: 'keys',
      state: 'not_permitted',
      types: ['leaver_key', 'ownerless_key', 'stale_key', 'eternal_key'],
    },
  ],
}

const accepted: WireFinding = {
  ...leaverKey,
  state: 'accepted',
  accepted: {
    reason: 'The key belongs to the nightly batch until it has moved.',
    until: '2026-12-31',
    by: { subject: '5f0e8c1a', name: 'Ana' },
    at: '2026-11-24T09:12:30.000Z',
  },
}

/** The answers of calls about findings. */
export const findingsExamples = { listFindings: findings, acceptFinding: accepted }
