import type {
  WireDepartmentCost,
  WireIntegrationCost,
  WirePersonCost,
} from '../../../shared/contracts/company-costs-contract.ts'
import type { Cost } from '../../../shared/data-sets/costs/cost-views.ts'
import type { OwnerCost } from '../../../shared/data-sets/costs/owner-costs.ts'
import type { ListOrder } from '../../../shared/data-sets/sorted-list.ts'
import { type AmountUnits, amountOf } from '../../../shared/domain/amount.ts'
import { currentMemberships, type Person } from '../../../shared/people/person.ts'
import type { CountedCosts } from './counted-costs.ts'

/** A row of an answer, in any grouping. */
export type WireRow = WireIntegrationCost | WirePersonCost | WireDepartmentCost

/** To whom costs are attributed. */
interface Subject {
  /** No other subject of the grouping has it. */
  readonly id: string
  toWire(cost: Cost): WireRow
}

/** The costs of one subject in one currency. What an answer says of it is made when it is shown. */
export class CostRow<Of extends Subject = Subject> {
  readonly subject: Of
  readonly currency: string
  units: AmountUnits = 0n

  constructor(subject: Of, currency: string) {
    this.subject = subject
    this.currency = currency
  }

  toWire(): WireRow {
    return this.subject.toWire({ currency: this.currency, amount: amountOf(this.units) })
  }
}

/** Adds up costs to a row for each subject and currency. */
class CostSums<Of extends Subject> {
  private readonly byCurrency = new Map<string, Map<unknown, CostRow<Of>>>()

  /** The row to which the costs were added. `key` tells subjects apart. */
  add(key: unknown, { currency, units }: Pick<OwnerCost, 'currency' | 'units'>, subjectOf: () => Of): CostRow<Of> {
    const rows = this.byCurrency.get(currency) ?? new Map<unknown, CostRow<Of>>()
    const row = rows.get(key) ?? new CostRow(subjectOf(), currency)
    row.units += units
    this.byCurrency.set(currency, rows)
    rows.set(key, row)
    return row
  }

  /** What adds up to nothing has no row. */
  get rows(): CostRow<Of>[] {
    return [...this.byCurrency.values()].flatMap((rows) => [...rows.values()]).filter(({ units }) => units !== 0n)
  }
}

/** The costs of one owner, and the person in that organization. Undefined for owners that are not one person. */
export interface PersonPart {
  readonly cost: OwnerCost
  readonly person: Person | undefined
}

/** More than any amount in ten-billionths. */
const LARGEST_UNITS = 10n ** 40n

/** By currency, the most costly first. */
export const COSTS_ORDER: ListOrder<CostRow> = {
  // As text, amounts are compared exactly.
  valueOf: ({ currency, units }) => `${currency} ${String(LARGEST_UNITS - units).padStart(42, '0')}`,
  compare: (left, right) => {
    if (left.currency !== right.currency) return left.currency < right.currency ? -1 : 1
    return Number(left.units < right.units) - Number(left.units > right.units)
  },
  idOf: ({ subject }) => subject.id,
  descending: false,
  isWritten: false,
}

/** A row for each organization and currency. */
export function integrationRows(organizations: readonly CountedCosts[]): CostRow[] {
  const sums = new CostSums()
  for (const { integration, loaded, range } of organizations) {
    const { id, name: integrationName, provider } = integration
    const subject = { id, toWire: (cost: Cost) => ({ integrationId: id, integrationName, provider, ...cost }) }
    for (const currency of loaded.costs.currencies) {
      sums.add(id, { currency, units: loaded.costs.unitsOf(currency, range) }, () => subject)
    }
  }
  return sums.rows
}

/** A row for each person, and for each other kind of owner, in each currency. */
export function personRows(parts: readonly PersonPart[]): CostRow[] {
  const sums = new CostSums()
  for (const { cost, person } of parts) {
    sums.add(person ?? cost.kind, cost, () => (person === undefined ? otherSubject(cost) : new PersonSubject(person)))
  }
  return sums.rows
}

class PersonSubject implements Subject {
  private readonly person: Person

  constructor(person: Person) {
    this.person = person
  }

  get id(): string {
    return this.person.id
  }

  toWire(cost: Cost): WirePersonCost {
    const { id: personId, name, email } = this.person
    const isMember = currentMemberships(this.person).length > 0
    return { personId, name, email, kind: isMember ? 'member' : 'former_member', ...cost }
  }
}

function otherSubject({ kind }: OwnerCost): Subject {
  return { id: kind, toWire: (cost) => ({ personId: null, name: null, email: null, kind, ...cost }) }
}

/** A row for each department, and for each kind of owner that is not a person, in each currency. */
export function departmentRows(parts: readonly PersonPart[]): CostRow[] {
  const sums = new CostSums<DepartmentSubject>()
  for (const { cost, person } of parts) {
    const department = person?.department ?? null
    const kind = person === undefined ? otherKind(cost) : 'person'
    const id = JSON.stringify([kind, department])
    const { subject } = sums.add(id, cost, () => new DepartmentSubject(id, kind, department))
    if (person !== undefined) subject.people.add(person)
  }
  return sums.rows
}

type DepartmentKind = WireDepartmentCost['kind']

class DepartmentSubject implements Subject {
  readonly id: string
  readonly people = new Set<Person>()
  private readonly kind: DepartmentKind
  private readonly department: string | null

  constructor(id: string, kind: DepartmentKind, department: string | null) {
    this.id = id
    this.kind = kind
    this.department = department
  }

  toWire(cost: Cost): WireDepartmentCost {
    return { department: this.department, kind: this.kind, ...cost, people: this.people.size }
  }
}

/** The kind of an owner that is not a person. */
function otherKind({ kind }: OwnerCost): Exclude<DepartmentKind, 'person'> {
  if (kind === 'member' || kind === 'former_member') throw new Error('A member is no person.')
  return kind
}
