import { TOTAL_MEASURES } from '../data-sets/by-series.ts'
import { type Amounts, type DaySeries, dimensionNames, type Measure, recordOf } from '../data-sets/data-set.ts'
import type { CellSum, LabelSum, PersonSum } from '../data-sets/day-series/series-view.ts'
import type { CompanyCostGrouping } from './company-costs-contract.ts'
import type { CostGrouping } from './costs-contract.ts'
import type { WireUser } from './data-contract.ts'
import type { WireKey } from './keys-contract.ts'
import type { WireInvite } from './invites-contract.ts'

/** The value of a cell. Null is an empty cell. A number can be a text, which is more exact. */
export type CsvCell = string | number | null | { readonly number: string }

/** The columns of a CSV answer, in order, each with a function that reads its value from a row. */
export type CsvColumns<Row> = Readonly<Record<string, (row: Row) => CsvCell>>

/** One row for each user. */
export const userColumns: CsvColumns<WireUser> = {
  id: (user) => user.id,
  kind: (user) => user.kind,
  email: (user) => user.email,
  name: (user) => user.name,
  role: (user) => user.role,
  accountStatus: (user) => user.accountStatus,
  seatType: (user) => user.seat?.type ?? null,
  seatReason: (user) => user.seat?.reason ?? null,
  license: (user) => user.license,
  lastActiveOn: (user) => user.lastActiveOn,
  lastActivitySource: (user) => user.lastActivitySource,
  lastLoginOn: (user) => user.lastLoginOn,
  ...measureColumns<WireUser>(TOTAL_MEASURES, (user) => user),
  cost: (user) => (user.cost === null ? null : { number: user.cost.amount }),
  currency: (user) => user.cost?.currency ?? null,
  addedAt: (user) => user.addedAt,
  removedAt: (user) => user.removedAt,
  /** As JSON. */
  projects: (user) => (user.projects === null ? null : JSON.stringify(user.projects)),
  /** One number for each day of the window, oldest first, separated by spaces. */
  dailyRequests: (user) => user.dailyRequests.join(' '),
}

/** A key. Without one, the row stands for a project, or the Admin keys, that could not be read. */
export interface KeyRow {
  readonly key: WireKey | null
  readonly project: WireKey['project']
  /** When the keys of the project were read (ISO 8601 UTC). Null if none are known. */
  readonly keysAsOf: string | null
}

/** One row for each key, then one for each project that could not be read. */
export const keyColumns: CsvColumns<KeyRow> = {
  id: ({ key }) => key?.id ?? null,
  kind: ({ key, project }) => key?.kind ?? (project === null ? 'admin' : null),
  name: ({ key }) => key?.name ?? null,
  hint: ({ key }) => key?.hint ?? null,
  projectId: ({ project }) => project?.id ?? null,
  projectName: ({ project }) => project?.name ?? null,
  ownerKind: ({ key }) => key?.owner?.kind ?? null,
  ownerId: ({ key }) => key?.owner?.id ?? null,
  ownerEmail: ({ key }) => key?.owner?.email ?? null,
  ownerName: ({ key }) => key?.owner?.name ?? null,
  ownerStatus: ({ key }) => key?.owner?.status ?? null,
  createdAt: ({ key }) => key?.createdAt ?? null,
  lastUsedOn: ({ key }) => key?.lastUsedOn ?? null,
  expiresAt: ({ key }) => key?.expiresAt ?? null,
  status: ({ key }) => (key === null ? 'not_read' : key.status),
  cost: ({ key }) => (key?.cost == null ? null : { number: key.cost.amount }),
  currency: ({ key }) => key?.cost?.currency ?? null,
  /** Separated by spaces. */
  findings: ({ key }) => key?.findings.join(' ') ?? null,
  keysAsOf: ({ keysAsOf }) => keysAsOf,
}

/** One row for each invitation. */
export const inviteColumns: CsvColumns<WireInvite> = {
  id: (invite) => invite.id,
  email: (invite) => invite.email,
  role: (invite) => invite.role,
  invitedAt: (invite) => invite.invitedAt,
  expiresAt: (invite) => invite.expiresAt,
  status: (invite) => invite.status,
}

type CostRow = Readonly<Record<string, unknown>>

/** The columns of costs by grouping. By day, one row for each day, project and line item. */
export const costColumns: Readonly<Record<CostGrouping | 'userDay', CsvColumns<CostRow>>> = {
  day: rowColumns(['day', 'projectId', 'projectName', 'lineItem', 'amount', 'currency', 'preliminary']),
  user: rowColumns(['userId', 'email', 'name', 'kind', 'amount', 'currency']),
  project: rowColumns(['projectId', 'name', 'amount', 'currency']),
  lineItem: rowColumns(['lineItem', 'amount', 'currency']),
  key: rowColumns([
    'keyId',
    'name',
    'projectId',
    'projectName',
    'ownerId',
    'ownerEmail',
    'ownerName',
    'amount',
    'currency',
  ]),
  userDay: rowColumns(['day', 'amount', 'currency', 'preliminary']),
}

/** Costs of all organizations by grouping. The last rows name organizations whose costs are not all among them, in `notRead`. */
export const companyCostColumns: Readonly<Record<CompanyCostGrouping, CsvColumns<CostRow>>> = {
  integration: rowColumns([
    'integrationId',
    'integrationName',
    'provider',
    'amount',
    'currency',
    'notRead',
    'costsAsOf',
  ]),
  person: rowColumns(['personId', 'email', 'name', 'kind', 'amount', 'currency', 'notRead', 'costsAsOf']),
  department: rowColumns(['department', 'kind', 'people', 'amount', 'currency', 'notRead', 'costsAsOf']),
}

/** A column for each field of a row. */
function rowColumns(fields: readonly string[]): CsvColumns<CostRow> {
  return recordOf(fields, (field) => (row: CostRow): CsvCell => {
    const value = row[field]
    if (typeof value === 'boolean') return String(value)
    if (typeof value === 'number') return value
    if (typeof value !== 'string') return null
    return field === 'amount' ? { number: value } : value
  })
}

/** A column of numbers for each measure. */
function measureColumns<Row>(
  measures: readonly Measure[],
  valuesOf: (row: Row) => Readonly<Record<string, unknown>>,
): CsvColumns<Row> {
  return Object.fromEntries(
    measures.map(({ name }) => [
      name,
      (row: Row): CsvCell => {
        const value = valuesOf(row)[name]
        return typeof value === 'number' ? value : { number: String(value) }
      },
    ]),
  )
}

function amountColumns({ measures }: DaySeries): CsvColumns<{ readonly amounts: Amounts }> {
  return measureColumns(measures, ({ amounts }) => amounts)
}

/** One row for each day and text of each dimension, as spreadsheets need it for pivot tables. */
export function cellColumns(series: DaySeries): CsvColumns<CellSum> {
  const labels = recordOf(dimensionNames(series), (_, place) => (row: CellSum) => row.labels[place] ?? null)
  return { day: ({ day }) => day, ...labels, ...amountColumns(series) }
}

/** One row for each text of a dimension. */
export function labelColumns(series: DaySeries, dimension: string): CsvColumns<LabelSum> {
  return { [dimension]: ({ label }) => label, ...amountColumns(series) }
}

/** One row for each member, service account, former member and key, then the usage of unknown people. */
export function personColumns(series: DaySeries): CsvColumns<PersonSum> {
  return {
    userId: ({ userId }) => userId,
    email: ({ email }) => email,
    name: ({ name }) => name,
    kind: ({ kind }) => kind,
    ...amountColumns(series),
  }
}
