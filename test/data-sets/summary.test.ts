import { expect, test } from '@jest/globals'
import { DEFAULT_THRESHOLDS } from '../../shared/domain/finding.ts'
import * as fc from 'fast-check'
import { CostViews } from '../../shared/data-sets/costs/cost-views.ts'
import { deriveUsers } from '../../shared/data-sets/directory/directory-user.ts'
import { countSeats } from '../../shared/data-sets/directory/licenses-view.ts'
import { ownedKeys } from '../../shared/data-sets/keys/owned-key.ts'
import type { Snapshot } from '../../shared/data-sets/snapshot.ts'
import { summaryOf } from '../../shared/data-sets/summary/summary.ts'
import { packSummary, unpackSummary } from '../../shared/storage/summary-parts.ts'
import { RULES, WINDOW } from '../builders.ts'
import { anySnapshot, KEYS, LONGER } from './random-snapshot.ts'

const DOMAINS = ['acme.example']

function derived(snapshot: Snapshot) {
  const views = new CostViews(snapshot)
  return {
    users: deriveUsers(snapshot, DOMAINS, RULES),
    seats: countSeats(snapshot, DOMAINS, RULES),
    keys: ownedKeys(KEYS, snapshot.people, { ...WINDOW, syncedAt: '2026-11-24T12:00:00.000Z' }, DEFAULT_THRESHOLDS),
    costs: {
      currency: views.currency,
      attribution: views.attribution,
      byKey: KEYS.map(({ id }) => views.costOfKey(id)),
      totals: ['USD', 'EUR'].map((currency) => views.totalOf(currency, { from: LONGER.from, to: '2026-10-05' })),
    },
  }
}

test('Users, seats, keys and costs derived from a stored summary equal those from the whole snapshot', () => {
  fc.assert(
    fc.property(anySnapshot, (snapshot) => {
      const stored = unpackSummary(packSummary(summaryOf(snapshot)))
      expect(derived(stored)).toEqual(derived(snapshot))
    }),
    { numRuns: 200 },
  )
})
