import type { Outcome } from '../../shared/reviews/outcome.ts'

/** A removal that no sync has found yet. */
export function anOutcome(overrides: Partial<Outcome> = {}): Outcome {
  return {
    reviewId: '01KREVIEWAAAAAAAAAAAAAAAAA',
    reviewName: 'Access, third quarter',
    integrationId: '01KINTEGRATIONAAAAAAAAAAAA',
    itemId: 'item-1',
    subject: { kind: 'member', id: 'user-1', label: 'Ana', projectId: null },
    decidedAt: '2026-11-01T09:00:00.000Z',
    state: 'pending',
    found: null,
    ...overrides,
  }
}
