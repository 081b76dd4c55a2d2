import type {
  WireDepartmentCost,
  WireIntegrationCost,
  WirePersonCost,
} from '../../../shared/contracts/company-costs-contract.ts'
import { type AmountUnits, amountOf, requireUnits } from '../../../shared/domain/amount.ts'
import { currentMemberships, type Person } from '../../../shared/people/person.ts'
import type { CountedCosts } from './counted-costs.ts'
import type { OwnerCost } from './owner-costs.ts'

/** What is added up to rows. */
interface Part<Subject> {
  readonly subject: Subject
  /** The same for all parts of one subject. */
  readonly id: string
  readonly currency: string
  readonly units: AmountUnits
}

/** A row with what it is sorted by. */
export interface CostRow<Row> {
  /** No other row of the same currency has it. */
  readonly id: string
  readonly units: AmountUnits
  readonly row: Row
}

/** The costs of one owner, and the person in that organization. Undefined for owners that are not one person. */
export interface PersonPart {
  readonly cost: OwnerCost
  readonly person: Person | undefined
}

type WithoutAmount<Row> = Omit<Row, 'currency' | 'amount'>

/** A row for each organization and currency. */
export function integrationRows(organizations: readonly CountedCosts[]): CostRow<WireIntegrationCost>[] {
  const parts = organizations.flatMap(({ integration, loaded, range }) => {
    const { id, name, provider } = integration
    const subject = { integrationId: id, integrationName: name, provider }
    return loaded.costs.currencies.map((currency) => {
      const units = requireUnits(loaded.costs.totalOf(currency, range))
      return { subject, id, currency, units }
    })
  })
  return addedUp<WithoutAmount<WireIntegrationCost>>(parts)
}

/** A row for each person, and for each other kind of owner, in each currency. */
export function personRows(parts: readonly PersonPart[]): CostRow<WirePersonCost>[] {
  return addedUp<WithoutAmount<WirePersonCost>>(
    parts.map(({ cost, person }) => ({ ...cost, ...personSubject(cost, person) })),
  )
}

function personSubject({ kind }: OwnerCost, person: Person | undefined) {
  if (person === undefined) return { id: kind, subject: { personId: null, name: null, email: null, kind } }
  const { id, name, email } = person
  const isMember = currentMemberships(person).length > 0
  return { id, subject: { personId: id, name, email, kind: isMember ? 'member' : 'former_member' } as const }
}

/** A row for each department, and for each kind of owner that is not a person, in each currency. */
export function departmentRows(parts: readonly PersonPart[]): CostRow<WireDepartmentCost>[] {
  const peopleIn = new Map<string, Set<string>>()
  const withIds = parts.map(({ cost, person }) => {
    const department = person?.department ?? null
    const kind = person === undefined ? otherKind(cost) : ('person' as const)
    const id = JSON.stringify([kind, department])
    const key = `${cost.currency} ${id}`
    const people = peopleIn.get(key) ?? new Set<string>()
    if (person !== undefined) people.add(person.id)
    peopleIn.set(key, people)
    return { id, currency: cost.currency, units: cost.units, subject: { department, kind } }
  })
  return addedUp(withIds).map(({ row, ...sum }) => ({
    ...sum,
    row: { ...row, people: peopleIn.get(`${row.currency} ${sum.id}`)?.size ?? 0 },
  }))
}

/** The kind of an owner that is not a person. */
function otherKind({ kind }: OwnerCost): Exclude<WireDepartmentCost['kind'], 'person'> {
  if (kind === 'member' || kind === 'former_member') throw new Error('A member is no person.')
  return kind
}

/** Each subject and currency once. What adds up to nothing has no row. */
function addedUp<Subject>(
  parts: readonly Part<Subject>[],
): CostRow<Subject & { readonly currency: string; readonly amount: string }>[] {
  const sums = new Map<string, Part<Subject>>()
  for (const part of parts) {
    const key = `${part.currency} ${part.id}`
    const sum = sums.get(key)
    sums.set(key, sum === undefined ? part : { ...sum, units: sum.units + part.units })
  }
  return [...sums.values()]
    .filter(({ units }) => units !== 0n)
    .map(({ subject, id, currency, units }) => ({ id, units, row: { ...subject, currency, amount: amountOf(units) } }))
}
