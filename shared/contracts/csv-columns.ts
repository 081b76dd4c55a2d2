import type { WireUser } from './data-contract.ts'

/** What a cell holds: an empty one stands for null. */
export type CsvCell = string | number | null

/** The columns of a CSV answer, in their order, each with what it takes from a row. */
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
  requests: (user) => user.requests,
  inputTokens: (user) => user.inputTokens,
  cachedInputTokens: (user) => user.cachedInputTokens,
  outputTokens: (user) => user.outputTokens,
  addedAt: (user) => user.addedAt,
  removedAt: (user) => user.removedAt,
  /** As JSON. */
  projects: (user) => (user.projects === null ? null : JSON.stringify(user.projects)),
  /** One number for each day of the window, oldest first, with spaces between. */
  dailyRequests: (user) => user.dailyRequests.join(' '),
}

interface Numbers {
  readonly requests: number
  readonly inputTokens: number
  readonly cachedInputTokens: number
  readonly outputTokens: number
}

const numberColumns: CsvColumns<Numbers> = {
  requests: (row) => row.requests,
  inputTokens: (row) => row.inputTokens,
  cachedInputTokens: (row) => row.cachedInputTokens,
  outputTokens: (row) => row.outputTokens,
}

/** One row for each day and model: what spreadsheets pivot. */
export const dayModelColumns: CsvColumns<Numbers & { readonly day: string; readonly model: string }> = {
  day: (row) => row.day,
  model: (row) => row.model,
  ...numberColumns,
}

/** One row for each model. */
export const modelColumns: CsvColumns<Numbers & { readonly model: string }> = {
  model: (row) => row.model,
  ...numberColumns,
}

interface Owner {
  readonly userId: string | null
  readonly name: string | null
  readonly email: string | null
  readonly kind: string
}

/** One row for each member, service account and former member, then what belongs to nobody who is known. */
export const ownerColumns: CsvColumns<Numbers & Owner> = {
  userId: (row) => row.userId,
  email: (row) => row.email,
  name: (row) => row.name,
  kind: (row) => row.kind,
  ...numberColumns,
}
