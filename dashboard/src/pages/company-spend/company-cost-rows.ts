import type {
  WireCompanyCosts,
  WireDepartmentCost,
  WireIntegrationCost,
  WirePersonCost,
} from '../../../../shared/contracts/company-costs-contract.ts'
import type { AmountUnits } from '../../../../shared/domain/amount.ts'
import { formatCount } from '../../format/format-number.ts'
import { unitsIn } from '../../format/format-money.ts'
import { KIND_LABELS, UNATTRIBUTED } from '../spend/cost-rows.ts'

/** A row of a table of costs over all organizations. */
export interface CompanyCostRow {
  readonly id: string
  readonly name: string
  /** What else there is to say about it. */
  readonly detail: string | null
  /** The page that its name leads to. Null for what has none. */
  readonly href: string | null
  readonly currency: string
  readonly units: AmountUnits
}

/** What rows that stand for several owners are called. */
const GROUP_LABELS: Readonly<Partial<Record<WirePersonCost['kind'], string>>> = {
  service_account: 'Service accounts',
  former_member: 'Former members',
  key: 'Keys without a known owner',
  not_listed: 'People not in the directory',
  unattributed: UNATTRIBUTED,
}

type Item = WireIntegrationCost | WirePersonCost | WireDepartmentCost

/** The rows of an answer. `providerNames` has the names of providers by id. */
export function companyCostRows(
  items: WireCompanyCosts['items'],
  providerNames: Readonly<Record<string, string>>,
): CompanyCostRow[] {
  const rowOf = (item: Item): CompanyCostRow => ({
    ...namesOf(item, providerNames),
    currency: item.currency,
    units: unitsIn(item.amount),
  })
  return [...items].map((item) => rowOf(item))
}

function namesOf(item: Item, providerNames: Readonly<Record<string, string>>) {
  if ('integrationId' in item) {
    const { integrationId: id, integrationName: name, provider } = item
    return { id, name, detail: providerNames[provider] ?? null, href: `/integrations/${id}/spend` }
  }
  return 'department' in item ? departmentNames(item) : personNames(item)
}

function personNames({ personId, name, email, kind }: WirePersonCost) {
  const label = KIND_LABELS[kind] ?? null
  if (personId === null) return { id: kind, name: GROUP_LABELS[kind] ?? kind, detail: null, href: null }
  const detail = [name === null ? null : email, label].filter((text) => text !== null).join(' · ')
  return {
    id: personId,
    name: name ?? email ?? 'Without name and address',
    detail: detail === '' ? null : detail,
    href: `/people/${encodeURIComponent(personId)}`,
  }
}

function departmentNames({ department, kind, people }: WireDepartmentCost) {
  if (kind !== 'person') return { id: kind, name: GROUP_LABELS[kind] ?? kind, detail: null, href: null }
  const detail = formatCount(people, 'person', 'people')
  return { id: `person ${department}`, name: department ?? 'Without a department', detail, href: null }
}
