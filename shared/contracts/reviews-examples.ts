import { PROVIDERS } from '../providers/registry.ts'
import type { WireReviewEvidence, WireSigningKey } from './review-evidence-contract.ts'
import type { DecisionsRequest, FrozenReviewItem, WireReviewItem } from './review-items-contract.ts'
import type { ReviewRequest, WireReview } from './reviews-contract.ts'

const [PROVIDER] = PROVIDERS
const INTEGRATION = {
  integrationId: '01KAVJ2Q8ZC4T0M6W3X5Y7R9NB',
  integrationName: 'Acme Europe',
  provider: PROVIDER.id,
}
const REVIEW_ID = '01KAW0M3T5V7X9Z1B3D5F7H9K1'
const SYNC_ID = '01KAVJ2Q90F2H4J6K8M0N2P4Q6'
const SYNCED_AT = '2026-11-24T06:00:12.345Z'
const ITEM_ID = 'Jx0bT1kqW9cV3mYz7LrN2A'
const EVIDENCE_HASH = '2f6b1f0c9f5f3f4a8a3f4b1f9d7c7a5c1f8b6c3d2e4f5a69788796a5b4c3d2e1'
const DECISIONS_HASH = '9c1185a5c5e9fc54612808977ee8f548b2258d31b1d3c1f8e2f0a1b2c3d4e5f6'
const RIA = { subject: '7f9c24e8-3b12-4fef-91e0-56a2d5a7a1c3', email: 'ria@acme.example' }
const KEY_ID = 'b2f7c1de90a34e56'

const open: WireReview = {
  id: REVIEW_ID,
  name: 'Access, fourth quarter',
  population: 'idle',
  integrations: [{ id: INTEGRATION.integrationId, name: INTEGRATION.integrationName, provider: INTEGRATION.provider }],
  dueOn: '2026-12-15',
  state: 'open',
  incomplete: [],
  createdAt: '2026-11-24T09:00:00.000Z',
  createdBy: RIA,
  completedAt: null,
  completedBy: null,
  keptUntil: null,
  evidenceHash: EVIDENCE_HASH,
  decisionsHash: null,
  signature: null,
  progress: { items: 1, decided: 0, byDecision: { keep: 0, remove: 0, exception: 0 }, outcomes: null },
}

const signature = {
  algorithm: 'ECDSA_SHA_256',
  keyId: KEY_ID,
  signed: `{"decisionsHash":"${DECISIONS_HASH}","evidenceHash":"${EVIDENCE_HASH}","reviewId":"${REVIEW_ID}"}`,
  value: 'MEUCIQDexampleexampleexampleexampleexampleexampleIgexampleexampleexampleexampleexampleexampleA==',
} as const

const completed: WireReview = {
  ...open,
  state: 'completed',
  completedAt: '2026-11-30T10:15:00.000Z',
  completedBy: RIA,
  keptUntil: '2028-01-04',
  decisionsHash: DECISIONS_HASH,
  signature,
  progress: {
    items: 1,
    decided: 1,
    byDecision: { keep: 0, remove: 1, exception: 0 },
    outcomes: { pending: 0, done: 1, returned: 0, withdrawn: 0, unknown: 0 },
  },
}

const frozen: FrozenReviewItem = {
  kind: 'member',
  id: ITEM_ID,
  ...INTEGRATION,
  subject: { id: 'user-abc', label: 'Ana' },
  evidence: {
    email: 'ana@acme.example',
    name: 'Ana',
    role: 'reader',
    accountStatus: 'active',
    seat: { type: 'member', reason: 'company_domain' },
    license: 'unused',
    lastActiveOn: null,
    lastActivitySource: null,
    lastLoginOn: '2026-07-02',
    requests: 0,
    cost: { amount: '0', currency: 'USD' },
    addedAt: '2026-03-02T10:00:00.000Z',
    keys: 1,
    department: 'Research',
    manager: 'Zoe',
    syncId: SYNC_ID,
    syncedAt: SYNCED_AT,
    change: 'new',
  },
}

const decision = { value: 'remove', note: 'Changed teams in August.', by: RIA, at: '2026-11-25T08:30:00.000Z' } as const
const outcome = { state: 'done', syncId: '01KB9M5N7P9R1T3V5X7Z9B1D3F', at: '2026-12-01T06:00:11.020Z' } as const
const item: WireReviewItem = { ...frozen, decision, outcome }

const evidence: WireReviewEvidence = {
  review: completed,
  evidence: {
    reviewId: REVIEW_ID,
    name: completed.name,
    population: completed.population,
    createdAt: completed.createdAt,
    createdBy: RIA,
    organizations: [
      {
        ...INTEGRATION,
        companyDomains: ['acme.example'],
        dataSets: [
          {
            id: 'directory',
            state: 'current',
            syncId: SYNC_ID,
            syncedAt: SYNCED_AT,
            from: '2026-09-26',
            to: '2026-11-24',
          },
        ],
      },
    ],
    incomplete: [],
    items: [frozen],
  },
  evidenceHash: EVIDENCE_HASH,
  decisions: {
    reviewId: REVIEW_ID,
    evidenceHash: EVIDENCE_HASH,
    completedAt: completed.completedAt,
    completedBy: RIA,
    items: [{ ...decision, itemId: ITEM_ID }],
  },
  decisionsHash: DECISIONS_HASH,
  signature,
  outcomes: [{ ...outcome, itemId: ITEM_ID }],
}

const signingKey: WireSigningKey = {
  keyId: KEY_ID,
  algorithm: 'ECDSA_SHA_256',
  publicKey:
    '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEexampleexampleexampleexample\nexampleexampleexampleexampleexampleexampleexampleexampleexample==\n-----END PUBLIC KEY-----\n',
}

const creation: Omit<ReviewRequest, 'acceptIncomplete'> = {
  name: open.name,
  population: open.population,
  integrationIds: [INTEGRATION.integrationId],
  dueOn: open.dueOn,
}
const deciding: DecisionsRequest = { itemIds: [ITEM_ID], decision: decision.value, note: decision.note }

export const reviewsRequestExamples = { createReview: creation, decide: deciding }

export const reviewsAnswerExamples = {
  createReview: open,
  listReviews: { items: [completed], nextCursor: null },
  getReview: completed,
  listReviewItems: { items: [item], nextCursor: null, total: 1 },
  decide: {
    review: {
      ...open,
      progress: { items: 1, decided: 1, byDecision: { keep: 0, remove: 1, exception: 0 }, outcomes: null },
    },
    decision,
  },
  completeReview: completed,
  getReviewEvidence: evidence,
  getSigningKey: signingKey,
}
