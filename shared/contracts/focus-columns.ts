import { addDays, type Day, startOfDay } from '../domain/day.ts'
import type { CsvColumns } from './csv-columns.ts'

/** One charge: what a project paid for a line item on a day. */
export interface FocusCharge {
  readonly account: { readonly id: string; readonly name: string }
  readonly provider: string
  readonly day: Day
  readonly project: { readonly id: string; readonly name: string | null } | null
  readonly lineItem: string | null
  readonly amount: string
  readonly currency: string
}

/**
 * The columns of a FOCUS 1.2 file. Providers state neither quantities nor prices of their line items, nor invoices, so these are
 * empty, and all four costs are what the cost report says. https://focus.finops.org/focus-specification/v1-2/
 */
export const focusColumns: CsvColumns<FocusCharge> = {
  BillingAccountId: ({ account }) => account.id,
  BillingAccountName: ({ account }) => account.name,
  BillingCurrency: ({ currency }) => currency,
  BillingPeriodStart: ({ day }) => instantOf(monthOf(day)),
  BillingPeriodEnd: ({ day }) => instantOf(monthOf(addDays(monthOf(day), 31))),
  ChargePeriodStart: ({ day }) => instantOf(day),
  ChargePeriodEnd: ({ day }) => instantOf(addDays(day, 1)),
  ChargeCategory: ({ amount }) => (amount.startsWith('-') ? 'Credit' : 'Usage'),
  ChargeClass: () => null,
  ChargeDescription: ({ lineItem }) => lineItem ?? 'Attributed to no line item',
  ChargeFrequency: () => 'Usage-Based',
  BilledCost: ({ amount }) => ({ number: amount }),
  EffectiveCost: ({ amount }) => ({ number: amount }),
  ListCost: ({ amount }) => ({ number: amount }),
  ContractedCost: ({ amount }) => ({ number: amount }),
  PricingQuantity: () => null,
  PricingUnit: () => null,
  InvoiceId: () => null,
  ProviderName: ({ provider }) => provider,
  PublisherName: ({ provider }) => provider,
  InvoiceIssuerName: ({ provider }) => provider,
  ServiceCategory: () => 'AI and Machine Learning',
  ServiceSubcategory: () => 'Generative AI',
  ServiceName: ({ provider }) => `${provider} API`,
  SubAccountId: ({ project }) => project?.id ?? null,
  SubAccountName: ({ project }) => project?.name ?? null,
}

function monthOf(day: Day): Day {
  return `${day.slice(0, 7)}-01`
}

/** FOCUS times have no milliseconds. */
function instantOf(day: Day): string {
  return startOfDay(day).toISOString().replace('.000Z', 'Z')
}
