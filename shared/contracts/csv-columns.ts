import { TOTAL_MEASURES } from '../data-sets/by-series.ts'
import { type Amounts, type DaySeries, dimensionNames, type Measure, recordOf } from '../data-sets/data-set.ts'
import type { CellSum, LabelSum, PersonSum } from '../data-sets/day-series/series-view.ts'
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
  addedAt: (user) => user.addedAt,
  removedAt: (user) => user.removedAt,
  /** As JSON. */
  projects: (user) => (user.projects === null ? null : JSON.stringify(user.projects)),
  /** One number for each day of the window, oldest first, separated by spaces. */
  dailyRequests: (user) => user.dailyRequests.join(' '),
}

/** One row for each key. */
export const keyColumns: CsvColumns<WireKey> = {
  id: (key) => key.id,
  kind: (key) => key.kind,
  name: (key) => key.name,
  hint: (key) => key.hint,
  projectId: (key) => key.project?.id ?? null,
  projectName: (key) => key.project?.name ?? null,
  ownerKind: (key) => key.owner?.kind ?? null,
  ownerId: (key) => key.owner?.id ?? null,
  ownerEmail: (key) => key.owner?.email ?? null,
  ownerName: (key) => key.owner?.name ?? null,
  ownerStatus: (key) => key.owner?.status ?? null,
  createdAt: (key) => key.createdAt,
  lastUsedOn: (key) => key.lastUsedOn,
  expiresAt: (key) => key.expiresAt,
  status: (key) => key.status,
  cost: (key) => (key.cost === null ? null : { number: key.cost.amount }),
  currency: (key) => key.cost?.currency ?? null,
  /** Separated by spaces. */
  findings: (key) => key.findings.join(' '),
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
