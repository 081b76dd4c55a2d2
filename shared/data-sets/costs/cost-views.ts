import { type Amount, amountOf, type AmountUnits, unitsOf } from '../../domain/amount.ts'
import type { DaySeries } from '../data-set.ts'
import { byLabel } from '../day-series/series-view.ts'
import type { DayTable } from '../day-series/day-table.ts'
import { DayTableBuilder } from '../day-series/day-table-builder.ts'
import { isKey } from '../keys/keys.ts'
import type { Snapshot } from '../snapshot.ts'
import { addDays, type Day } from '../../domain/day.ts'
import type { Window } from '../../domain/window.ts'
import type { CostReport, CostTable } from './costs.ts'

/** The dimensions of costs, in their order. */
const [REPORT, SUBJECT, LINE_ITEM, CURRENCY] = [0, 1, 2, 3] as const

/* Tables that answers about costs are made from. Each has the amounts of one report in one currency. */

const shared = {
  kind: 'day_series',
  measures: [{ name: 'amount', kind: 'money', label: 'Cost', example: '12.5' }],
  mainMeasure: 'amount',
  activity: null,
  rowNoun: 'cost',
} as const

export const costsOfPeople = { ...shared, id: 'costs_of_people', dimensions: [] } as const satisfies DaySeries

export const costsOfProjects = {
  ...shared,
  id: 'costs_of_projects',
  dimensions: [
    { name: 'projectId', plural: 'projects', example: 'proj_abc' },
    { name: 'lineItem', plural: 'lineItems', example: 'gpt-5, input' },
  ],
} as const satisfies DaySeries

export const costsOfKeys = {
  ...shared,
  id: 'costs_of_keys',
  dimensions: [{ name: 'keyId', plural: 'keys', example: 'key_abc' }],
} as const satisfies DaySeries

/** An amount of money in a currency (ISO 4217). */
export interface Cost {
  readonly amount: Amount
  readonly currency: string
}

/**
 * Whose word it is which people caused costs: the provider's, or that of the lists of keys and their owners, if the provider does
 * not report costs by user.
 */
export const COST_ATTRIBUTIONS = ['provider', 'key_owner'] as const
export type CostAttribution = (typeof COST_ATTRIBUTIONS)[number]

/** The costs of a snapshot. Tables are made when they are first needed. */
export class CostViews {
  /** The currency of the largest total. Null without any costs. */
  readonly currency: string | null
  readonly otherCurrencies: readonly string[]
  /** Null if people are not known. */
  readonly attribution: CostAttribution | null
  private readonly table: CostTable
  /** As many last days count in costs of a user or key. */
  private readonly lastDays: number
  private readonly keyOwners: ReadonlyMap<string, string>
  private readonly tables = new Map<DaySeries, DayTable>()
  private amountsByKey: ReadonlyMap<string, Amount> | undefined

  constructor({ series, lists }: Pick<Snapshot, 'series' | 'lists'>) {
    this.table = series.costs
    this.lastDays = series.usage.days.length
    const [currency = null, ...others] = currenciesOf(this.table)
    this.currency = currency
    this.otherCurrencies = others
    this.keyOwners = new Map(
      (lists.keys ?? []).filter(isKey).flatMap(({ id, owner }) => (owner === null ? [] : [[id, owner.id]])),
    )
    this.attribution = this.attributionOf()
  }

  /** The last day of the reading. */
  get to(): Day {
    return this.table.window.to
  }

  /** The window of the sync that read them: costs are known for more days. */
  get window(): Window {
    const { from, to } = this.table.window
    const first = addDays(to, 1 - this.lastDays)
    return { from: first > from ? first : from, to }
  }

  /** The amounts of each person, in the main currency. */
  get ofPeople(): DayTable {
    const report = this.attribution === 'key_owner' ? 'key' : 'user'
    const ownerOf = ({ userId, subject }: Attributed) =>
      this.attribution === 'key_owner' ? (this.keyOwners.get(subject) ?? null) : userId
    return this.made(costsOfPeople, report, (row) => ({ userId: ownerOf(row), labels: [] }))
  }

  /** The same of each project and line item. */
  get ofProjects(): DayTable {
    return this.made(costsOfProjects, 'project', ({ subject, lineItem }) => ({
      userId: null,
      labels: [subject, lineItem],
    }))
  }

  /** The same of each key. */
  get ofKeys(): DayTable {
    return this.made(costsOfKeys, 'key', ({ subject }) => ({ userId: null, labels: [subject] }))
  }

  /** What one user cost in the window, in the main currency. Null if costs of people are not known. */
  costOfUser(userId: string): Cost | null {
    if (this.attribution === null || this.currency === null) return null
    const { amount } = this.ofPeople.totalOf(userId, this.lastDays)
    return { amount: String(amount), currency: this.currency }
  }

  /** The same of a key. Null if costs of keys are not known. */
  costOfKey(keyId: string): Cost | null {
    const { currency } = this
    if (currency === null || !hasReport(this.table, 'key')) return null
    this.amountsByKey ??= this.addedUpByKey()
    return { amount: this.amountsByKey.get(keyId) ?? '0', currency }
  }

  /** The total of a range in one currency. */
  totalOf(currency: string, range: Window): Amount {
    let units: AmountUnits = 0n
    for (const row of rowsOf(this.table, 'total', currency)) {
      const day = this.table.dayAt(row)
      if (day >= range.from && day <= range.to) units += unitsAt(this.table, row)
    }
    return amountOf(units)
  }

  /** What each project paid for each line item on each day, in all currencies, oldest first. */
  charges(range: Window): Charge[] {
    const { table } = this
    const report = hasReport(table, 'project') ? 'project' : 'total'
    const charges: Charge[] = []
    for (const currency of this.currency === null ? [] : [this.currency, ...this.otherCurrencies]) {
      for (const row of rowsOf(table, report, currency)) {
        const day = table.dayAt(row)
        if (day < range.from || day > range.to) continue
        const [subject, lineItem] = [table.labelAt(row, SUBJECT), table.labelAt(row, LINE_ITEM)]
        charges.push({ day, subject, lineItem, currency, amount: table.amountsAt(row).cost })
      }
    }
    return charges.toSorted((left, right) => (left.day < right.day ? -1 : Number(left.day > right.day)))
  }

  /** A report that the provider refused attributes nothing. */
  private made(
    series: DaySeries,
    report: CostReport,
    ownerOf: (row: Attributed) => { readonly userId: string | null; readonly labels: readonly string[] },
  ): DayTable {
    const found = this.tables.get(series)
    if (found !== undefined) return found
    const { table } = this
    const builder = new DayTableBuilder(series, table.window)
    const asked = hasReport(table, report) ? report : 'total'
    for (const row of this.currency === null ? [] : rowsOf(table, asked, this.currency)) {
      const [subject, lineItem] = [table.labelAt(row, SUBJECT), table.labelAt(row, LINE_ITEM)]
      const owner = ownerOf({ userId: table.userAt(row), subject, lineItem })
      builder.addRowOf(table, row, owner)
    }
    const made = builder.build()
    this.tables.set(series, made)
    return made
  }

  private addedUpByKey(): ReadonlyMap<string, Amount> {
    const sums = byLabel(this.ofKeys, 0, this.window)
    return new Map(sums.map(({ label, amounts }) => [label, String(amounts['amount'])]))
  }

  private attributionOf(): CostAttribution | null {
    if (hasReport(this.table, 'user')) return 'provider'
    return hasReport(this.table, 'key') && this.keyOwners.size > 0 ? 'key_owner' : null
  }
}

/** `subject` is a project. It and the line item are empty where the provider names none. */
interface Charge {
  readonly day: Day
  readonly subject: string
  readonly lineItem: string
  readonly currency: string
  readonly amount: Amount
}

/** To what a report attributes a row. */
interface Attributed {
  readonly userId: string | null
  readonly subject: string
  readonly lineItem: string
}

/** All currencies, the one with the largest total first. */
function currenciesOf(table: CostTable): string[] {
  const inTotal = (table.labels[CURRENCY] ?? []).map((currency) => {
    const rows = [...rowsOf(table, 'total', currency)]
    const units = rows.reduce((sum, row) => sum + unitsAt(table, row), 0n)
    return { currency, size: units < 0n ? -units : units, isInTotal: rows.length > 0 }
  })
  return inTotal
    .filter(({ isInTotal }) => isInTotal)
    .toSorted((left, right) =>
      left.size === right.size ? (left.currency < right.currency ? -1 : 1) : left.size > right.size ? -1 : 1,
    )
    .map(({ currency }) => currency)
}

function hasReport(table: CostTable, report: CostReport): boolean {
  return table.labels[REPORT]?.includes(report) === true
}

function* rowsOf(table: CostTable, report: CostReport, currency: string): Generator<number> {
  // Comparing numbers instead of texts matters: there can be a million rows.
  const places = [table.labels[REPORT]?.indexOf(report), table.labels[CURRENCY]?.indexOf(currency)]
  for (let row = 0; row < table.rowCount; row += 1) {
    if (table.labelPlaceAt(row, REPORT) !== places[0]) continue
    if (table.labelPlaceAt(row, CURRENCY) === places[1]) yield row
  }
}

function unitsAt(table: CostTable, row: number): AmountUnits {
  return unitsOf(table.amountsAt(row).cost) ?? 0n
}
