import removeAccents from 'remove-accents'
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

/** A column of our own says what the amounts are. FOCUS allows these with the prefix `x_`. */
const SOURCE = 'Cost report of the provider, before tax and credits. Not an invoice.'

/**
 * The columns of a FOCUS 1.2 file. Prices and invoices are not stated by providers, and quantities are not read, so these are empty, and all
 * four costs are what the cost report says. Texts have to be ASCII. https://focus.finops.org/focus-specification/v1-2/
 */
export const focusColumns: CsvColumns<FocusCharge> = {
  BillingAccountId: ({ account }) => account.id,
  BillingAccountName: ({ account }) => inAscii(account.name),
  BillingCurrency: ({ currency }) => currency,
  BillingPeriodStart: ({ day }) => instantOf(monthOf(day)),
  BillingPeriodEnd: ({ day }) => instantOf(monthOf(addDays(monthOf(day), 31))),
  ChargePeriodStart: ({ day }) => instantOf(day),
  ChargePeriodEnd: ({ day }) => instantOf(addDays(day, 1)),
  ChargeCategory: ({ amount }) => (amount.startsWith('-') ? 'Credit' : 'Usage'),
  ChargeClass: () => null,
  ChargeDescription: ({ lineItem }) => inAscii(lineItem ?? 'Attributed to no line item'),
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
  SubAccountName: ({ project }) => (project?.name == null ? null : inAscii(project.name)),
  x_CostSource: () => SOURCE,
}

/** Without accents where there is such a letter, else with question marks. */
function inAscii(text: string): string {
  return removeAccents(text.normalize('NFC')).replaceAll(/[^\x20-\x7e]/gu, '?')
}

function monthOf(day: Day): Day {
  return `${day.slice(0, 7)}-01`
}

/** FOCUS times have no milliseconds. */
function instantOf(day: Day): string {
  return startOfDay(day).toISOString().replace('.000Z', 'Z')
}
