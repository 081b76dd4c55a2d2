import type { CompanyCostsQuery, WireCompanyCosts } from '../../../shared/contracts/company-costs-contract.ts'
import { companyCostColumns } from '../../../shared/contracts/csv-columns.ts'
import { costs } from '../../../shared/data-sets/costs/costs.ts'
import { SortedList } from '../../../shared/data-sets/sorted-list.ts'
import { type Person, totalCosts } from '../../../shared/people/person.ts'
import { SnapshotMissingError } from '../../../shared/storage/errors.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { rangeOf, requireOrder } from '../data/as-of.ts'
import { type CsvAnswer, toCsv } from '../http/csv.ts'
import { listPage } from '../http/list-page.ts'
import type { PeopleData, PeopleIndex } from '../people/people-index.ts'
import {
  COSTS_ORDER,
  type CostRow,
  departmentRows,
  integrationRows,
  type PersonPart,
  personRows,
} from './company-cost-rows.ts'
import { costsNotRead } from './costs-not-read.ts'
import { type CountedCosts, countedCosts, coveredDays } from './counted-costs.ts'
import { OwnerCosts } from './owner-costs.ts'

/** Readings are replaced while others are read. Each time, what was read already is still there. */
const TRIES = 3

/** What an answer is made from. */
interface Read {
  readonly rows: SortedList<CostRow>
  readonly totals: WireCompanyCosts['totals']
  readonly counted: readonly CountedCosts[]
  readonly notRead: WireCompanyCosts['notRead']
}

/** Rows, and what they were made from. */
interface KeptRows {
  readonly people: PeopleData['people']
  readonly key: string
  readonly rows: readonly CostRow[]
  readonly totals: WireCompanyCosts['totals']
  /** Of each currency that was asked for, and of all. */
  readonly lists: Map<string | undefined, SortedList<CostRow>>
}

/** Answers with the costs of all organizations. */
export class CompanyCosts {
  private readonly deps: ApiDependencies
  private readonly index: PeopleIndex
  private readonly owners: OwnerCosts
  private kept: KeptRows = { people: [], key: '', rows: [], totals: [], lists: new Map() }

  constructor(deps: ApiDependencies, index: PeopleIndex) {
    this.deps = deps
    this.index = index
    this.owners = new OwnerCosts(deps.snapshots)
  }

  /** A page of costs. The items of each currency, on all pages, add up to its total. Throws `ValidationError` for days outside of all costs. */
  async list(query: CompanyCostsQuery): Promise<WireCompanyCosts> {
    const { rows, totals, counted, notRead } = await this.read(query)
    const scope = { operationId: 'getCompanyCosts', integrationId: null, query }
    const { items, ...page } = listPage(scope, rows, COSTS_ORDER)
    const days = counted.map(({ range }) => range)
    return {
      from: query.from ?? days.map(({ from }) => from).toSorted()[0] ?? null,
      to:
        query.to ??
        days
          .map(({ to }) => to)
          .toSorted()
          .at(-1) ??
        null,
      groupBy: query.groupBy,
      // All rows are of the query's grouping, but the compiler cannot see that.
      items: items.map((row) => row.toWire()) as WireCompanyCosts['items'],
      ...page,
      totals,
      notRead,
      oldestSyncedAt:
        counted.map(({ published }) => published.dataSets[costs.id]?.syncedAt ?? '').toSorted()[0] ?? null,
    }
  }

  /** All of them as CSV, then the organizations whose costs are not all among them. Throws `ValidationError` likewise. */
  async export(query: CompanyCostsQuery): Promise<CsvAnswer> {
    const { rows, notRead } = await this.read(query)
    const text = toCsv(companyCostColumns[query.groupBy], [
      ...rows.all.map((row) => row.toWire()),
      ...notRead.map(({ integrationName, costsAsOf }) => ({ notRead: integrationName, costsAsOf })),
    ])
    return { text, fileName: `rollcall-costs-by-${query.groupBy}.csv`, asOf: null }
  }

  private async read(query: CompanyCostsQuery): Promise<Read> {
    requireOrder(query)
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.readOnce(query)
      } catch (error) {
        if (!(error instanceof SnapshotMissingError) || tries === TRIES) throw error
      }
    }
  }

  private async readOnce(query: CompanyCostsQuery): Promise<Read> {
    const data = await this.index.read()
    const covered = coveredDays(data.organizations)
    if (covered !== undefined) rangeOf(query, covered)
    const counted = data.organizations.flatMap((each) => countedCosts(each, query) ?? [])
    const kept = await this.rowsOf(data, counted, query)
    const isWanted = ({ currency }: { readonly currency: string }) => currency === (query.currency ?? currency)
    const rows = kept.lists.get(query.currency) ?? new SortedList(kept.rows.filter(isWanted), COSTS_ORDER)
    kept.lists.set(query.currency, rows)
    return {
      rows,
      totals: kept.totals.filter(isWanted),
      counted,
      notRead: costsNotRead(this.deps, data.organizations, { ...query, byPeople: query.groupBy !== 'integration' }),
    }
  }

  /** The rows of the last grouping and days are kept for the next pages. */
  private async rowsOf(
    data: PeopleData,
    counted: readonly CountedCosts[],
    query: CompanyCostsQuery,
  ): Promise<KeptRows> {
    const { people } = data
    const key = JSON.stringify([query.groupBy, counted.map(({ integration, range }) => [integration.id, range])])
    if (this.kept.people !== people || this.kept.key !== key) {
      const totals = counted.flatMap(({ loaded: { costs }, range }) =>
        costs.currencies.map((currency) => ({ currency, amount: costs.totalOf(currency, range) })),
      )
      const rows = await this.newRows(data, counted, query)
      this.kept = { people, key, rows, totals: totalCosts(totals), lists: new Map() }
    }
    return this.kept
  }

  private async newRows(
    data: PeopleData,
    counted: readonly CountedCosts[],
    query: CompanyCostsQuery,
  ): Promise<CostRow[]> {
    if (query.groupBy === 'integration') return integrationRows(counted)
    const parts = await this.personParts(data, counted, `${query.from} ${query.to}`)
    return query.groupBy === 'person' ? personRows(parts) : departmentRows(parts)
  }

  private async personParts(data: PeopleData, counted: readonly CountedCosts[], asked: string): Promise<PersonPart[]> {
    const people = peopleByPlace(data)
    const owners = await this.owners.read(counted, asked)
    return counted.flatMap(({ integration: { id } }, at) => {
      const ofOrganization = people.get(id)
      return (owners[at] ?? []).map((cost) => ({
        cost,
        person: cost.place === undefined ? undefined : ofOrganization?.[cost.place],
      }))
    })
  }
}

/** The people of each integration, by their places in it. */
function peopleByPlace({ people }: PeopleData): ReadonlyMap<string, readonly Person[]> {
  const found = new Map<string, Person[]>()
  for (const person of people) {
    for (const { organization, place } of person.memberships) {
      const ofOrganization = found.get(organization.integrationId) ?? []
      ofOrganization[place] = person
      found.set(organization.integrationId, ofOrganization)
    }
  }
  return found
}
