import { type Amount, amountOf, type AmountUnits } from '../../domain/amount.ts'
import type { DaySeries } from '../data-set.ts'
import { byLabel } from '../day-series/series-view.ts'
import type { DayTable } from '../day-series/day-table.ts'
import { DayTableBuilder } from '../day-series/day-table-builder.ts'
import { isKey, type KeyOwner } from '../keys/keys.ts'
import type { Snapshot } from '../snapshot.ts'
import { addDays, type Day } from '../../domain/day.ts'
import type { Window } from '../../domain/window.ts'
import { currenciesOf, hasReport, LINE_ITEM, rowsOf, SUBJECT, unitsAt } from './cost-rows.ts'
import { costsOfKeys, costsOfPeople, costsOfProjects } from './cost-series.ts'
import type { CostReport, CostTable } from './costs.ts'

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

/** The costs of a snapshot in one currency. Tables are made when they are first needed. */
export class CostViews {
  /** The one in which there are costs on the most days, or the currency that was asked for. Null without any costs. */
  readonly currency: string | null
  readonly otherCurrencies: readonly string[]
  /** Null if people are not known. */
  readonly attribution: CostAttribution | null
  private readonly table: CostTable
  /** As many last days count in costs of a user or key. */
  private readonly lastDays: number
  private readonly keyOwners: ReadonlyMap<string, KeyOwner>
  private readonly totals = new Map<string, ReadonlyMap<Day, AmountUnits>>()
  private readonly tables = new Map<DaySeries, DayTable>()
  private readonly inOthers = new Map<string, CostViews>()
  private amountsByKey: ReadonlyMap<string, Amount> | undefined
  private serviceAccounts: ReadonlySet<string> | undefined

  private readonly snapshot: Pick<Snapshot, 'series' | 'lists'>

  /** Default: the main currency. */
  constructor(snapshot: Pick<Snapshot, 'series' | 'lists'>, currency?: string) {
    const { series, lists } = snapshot
    this.snapshot = snapshot
    this.table = series.costs
    this.lastDays = series.usage.days.length
    const currencies = currenciesOf(this.table)
    this.currency = currency ?? currencies[0] ?? null
    this.otherCurrencies = currencies.filter((each) => each !== this.currency)
    this.keyOwners = new Map(
      (lists.keys ?? []).filter(isKey).flatMap(({ id, owner }) => (owner === null ? [] : [[id, owner]])),
    )
    this.attribution = this.attributionOf()
  }

  /** The same costs in another currency. */
  inCurrency(currency: string): CostViews {
    if (currency === this.currency) return this
    const known = this.inOthers.get(currency) ?? new CostViews(this.snapshot, currency)
    this.inOthers.set(currency, known)
    return known
  }

  /** The currency and all others. */
  get currencies(): readonly string[] {
    return this.currency === null ? [] : [this.currency, ...this.otherCurrencies]
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

  /** The amounts of each person. Joined over the owners of keys, a key without a known owner stands for itself. */
  get ofPeople(): DayTable {
    const report = this.attribution === 'key_owner' ? 'key' : 'user'
    const ownerOf = ({ userId, subject }: Attributed) =>
      this.attribution === 'key_owner' ? (this.keyOwners.get(subject)?.id ?? (subject || null)) : userId
    return this.made(costsOfPeople, report, (row) => ({ userId: ownerOf(row), labels: [] }))
  }

  /** The kind of an owner of costs who is not in the directory, where the keys know it. */
  kindOfOwner(ownerId: string): 'service_account' | 'key' | undefined {
    if (this.attribution !== 'key_owner') return undefined
    this.serviceAccounts ??= new Set(
      [...this.keyOwners.values()].filter(({ kind }) => kind === 'service_account').map(({ id }) => id),
    )
    if (this.serviceAccounts.has(ownerId)) return 'service_account'
    return this.ofKeys.labels[0]?.includes(ownerId) === true ? 'key' : undefined
  }

  /** The amounts of each project and line item. */
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

  /** What one user cost in the window, in the main currency and in each other one that they caused costs in. Empty if costs of people are not known. */
  costsOfUser(userId: string): Cost[] {
    const main = this.costOfUser(userId)
    if (main === null) return []
    const others = this.otherCurrencies.flatMap((currency) => this.inCurrency(currency).costOfUser(userId) ?? [])
    return [main, ...others.filter(({ amount }) => amount !== '0')]
  }

  /** What one user cost in the window, in this currency. Null if costs of people are not known. */
  costOfUser(userId: string): Cost | null {
    if (this.attribution === null || this.currency === null) return null
    if (this.attribution === 'provider') return { amount: this.reportedOf(userId), currency: this.currency }
    const { amount } = this.ofPeople.totalOf(userId, this.lastDays)
    return { amount: String(amount), currency: this.currency }
  }

  /** What the provider reports of one user: the same as the table of all people has, without making it. */
  private reportedOf(userId: string): Amount {
    const { table } = this
    const first = table.days.length - this.lastDays
    let units: AmountUnits = 0n
    for (const row of rowsOf(table, 'user', this.currency ?? '', table.spanOf(userId))) {
      if (table.dayPlaceAt(row) >= first) units += unitsAt(table, row)
    }
    return amountOf(units)
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
    return amountOf(this.unitsOf(currency, range))
  }

  /** The same in units. */
  unitsOf(currency: string, { from, to }: Window): AmountUnits {
    let units: AmountUnits = 0n
    for (const [day, ofDay] of this.dailyTotals(currency)) if (day >= from && day <= to) units += ofDay
    return units
  }

  /** The users of a table, and the rows of their costs in this currency, by user: the same sums as `ofPeople`, made only if necessary. */
  get rowsOfOwners(): { readonly table: DayTable; readonly rows: Iterable<number> } {
    if (this.attribution === 'provider' && this.currency !== null) {
      return { table: this.table, rows: rowsOf(this.table, 'user', this.currency) }
    }
    const { ofPeople } = this
    return { table: ofPeople, rows: Array.from({ length: ofPeople.rowCount }, (_, row) => row) }
  }

  /** The days that the reading covers: those of the window, and some before it. */
  get covered(): Window {
    return this.table.window
  }

  /** The totals of the days with costs in one currency. */
  dailyTotals(currency: string): ReadonlyMap<Day, AmountUnits> {
    const known = this.totals.get(currency)
    if (known !== undefined) return known
    const totals = new Map<Day, AmountUnits>()
    this.totals.set(currency, totals)
    for (const row of rowsOf(this.table, 'total', currency)) {
      const day = this.table.dayAt(row)
      totals.set(day, (totals.get(day) ?? 0n) + unitsAt(this.table, row))
    }
    return totals
  }

  /** What each project paid for each line item on each day, in all currencies, oldest first. */
  charges(range: Window): Charge[] {
    const { table } = this
    const report = hasReport(table, 'project') ? 'project' : 'total'
    const charges: Charge[] = []
    for (const currency of this.currencies) {
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
