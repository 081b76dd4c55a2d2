import type { CostGrouping, WireCosts, WireUserCosts } from '../../../shared/contracts/costs-contract.ts'
import { AS_OF } from './wire.ts'

/** What costs cover: more than the window. */
export const COSTS_AS_OF = { ...AS_OF, from: '2026-09-26', to: '2026-11-24' }

type Items = WireCosts['items']

/** An answer about costs in dollars, as the provider attributes them. */
export function wireCosts(groupBy: CostGrouping, items: Items, overrides: Partial<WireCosts> = {}): WireCosts {
  return {
    asOf: COSTS_AS_OF,
    from: '2026-10-01',
    to: COSTS_AS_OF.to,
    groupBy,
    attribution: 'provider',
    currency: 'USD',
    items,
    nextCursor: null,
    total: '40',
    otherCurrencies: [],
    ...overrides,
  }
}

/** A day's costs, of one line item and one project. */
export function costDay(day: string, amount: string) {
  return {
    day,
    amount,
    preliminary: false,
    projects: [{ projectId: 'proj-1', name: 'Search', amount }],
    lineItems: [{ lineItem: 'ink, blue', amount }],
  }
}

/** A user's days with costs in dollars. */
export function wireUserCosts(days: Readonly<Record<string, string>>): WireUserCosts {
  const items = Object.entries(days).map(([day, amount]) => ({ day, amount, preliminary: false }))
  return { asOf: COSTS_AS_OF, attribution: 'key_owner', currency: 'USD', items, nextCursor: null }
}
