import * as z from 'zod'
import { userColumns } from '../../../shared/contracts/csv-columns.ts'
import { SORT_FIELDS, type UserListQuery, type WireUser } from '../../../shared/contracts/data-contract.ts'
import type { DirectoryUser } from '../../../shared/data-sets/directory/directory-user.ts'
import { sortPosition, usersAfter, type UsersSort } from '../../../shared/data-sets/directory/users-query.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { NotFoundError } from '../http/api-errors.ts'
import { asOf } from './as-of.ts'
import { decodeCursor, encodeCursor } from '../http/cursor.ts'
import { firstPage } from '../http/page.ts'
import { toCsv, type CsvAnswer } from '../http/csv.ts'
import type { IntegrationView, SnapshotViews } from './snapshot-views.ts'
import { toWireUser } from './to-wire-user.ts'

const positionSchema = z.strictObject({ value: z.union([z.string(), z.number(), z.null()]), id: z.string() })

/** A page of users as the last successful sync found them. */
export async function listUsers(deps: ApiDependencies, views: SnapshotViews, id: string, query: UserListQuery) {
  const read = await views.read(id)
  const scope = { operationId: 'listUsers', integrationId: id, query }
  const position = decodeCursor(scope, query.cursor, positionSchema)
  const sort = toSort(query.sort)
  const selected = selectedUsers(read, query)
  const rest = position === undefined ? selected : usersAfter(selected, position, sort)
  const { items, last } = firstPage(rest, query.limit)
  return {
    items: toWireUsers(read, items),
    nextCursor: last === null ? null : encodeCursor(scope, sortPosition(last, sort)),
    total: selected.length,
    asOf: asOf(deps, read),
  }
}

/** All users that a query asks for, as CSV. */
export async function exportUsers(
  deps: ApiDependencies,
  views: SnapshotViews,
  id: string,
  query: UserListQuery,
): Promise<CsvAnswer> {
  const read = await views.read(id)
  return {
    text: toCsv(userColumns, toWireUsers(read, selectedUsers(read, query))),
    fileName: `rollcall-users-${id}.csv`,
    asOf: asOf(deps, read),
  }
}

function selectedUsers({ view }: IntegrationView, query: UserListQuery): readonly DirectoryUser[] {
  return view === null ? [] : view.loaded.usersBy(query, toSort(query.sort))
}

function toWireUsers({ view }: IntegrationView, users: readonly DirectoryUser[]): WireUser[] {
  return view === null ? [] : users.map((user) => toWireUser(user, view.loaded.snapshot.usage))
}

/** One user, whatever their status. Throws `NotFoundError`. */
export async function getUser(views: SnapshotViews, id: string, userId: string): Promise<WireUser> {
  const { view } = await views.read(id)
  const user = view?.loaded.users.find((each) => each.id === userId)
  if (view === null || user === undefined) throw new NotFoundError('user')
  return toWireUser(user, view.loaded.snapshot.usage)
}

/** `-requests` → by requests, the most first. */
function toSort(sort: UserListQuery['sort']): UsersSort {
  const descending = sort.startsWith('-')
  const field = SORT_FIELDS.find((each) => sort === each || sort === `-${each}`)
  return { field: field ?? 'name', descending }
}
