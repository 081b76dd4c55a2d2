import type { Review } from '../../shared/reviews/review.ts'

/** An open review of one organization. */
export function aReview(overrides: Partial<Review> = {}): Review {
  return {
    id: '01KREVIEWAAAAAAAAAAAAAAAAA',
    name: 'Access, third quarter',
    population: 'everyone',
    integrations: [{ id: '01KINTEGRATIONAAAAAAAAAAAA', name: 'Acme', provider: 'openai' }],
    dueOn: null,
    incomplete: [],
    createdAt: '2026-11-24T12:00:00.000Z',
    createdBy: { subject: 'reviewer-1', email: 'ria@acme.example' },
    evidence: { hash: 'e'.repeat(64), items: 1, itemParts: 1, organizationParts: 1 },
    lifecycle: 'open',
    closed: null,
    decisions: null,
    signature: null,
    deletingSince: null,
    revision: 0,
    ...overrides,
  }
}
