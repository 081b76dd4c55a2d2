import { userColumns } from '../../../shared/contracts/csv-columns.ts'
import type { UserListQuery, WireUser } from '../../../shared/contracts/data-contract.ts'
import { type DirectoryUser, USERS_SORT_FIELDS } from '../../../shared/data-sets/directory/directory-user.ts'
import { usersOrder, type UsersSort } from '../../../shared/data-sets/directory/users-query.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { NotFoundError } from '../http/api-errors.ts'
import { asOf, sourcesOf } from './as-of.ts'
import { toCsv, type CsvAnswer } from '../http/csv.ts'
import { listPage } from '../http/list-page.ts'
import type { OrganizationData, SnapshotCache } from './snapshot-cache.ts'
import { toWireUser } from './to-wire-user.ts'

/** A page of users, as of the last successful sync. */
export async function listUsers(deps: ApiDependencies, cache: SnapshotCache, id: string, query: UserListQuery) {
  const data = await cache.read(id)
  const scope = { operationId: 'listUsers', integrationId: id, query }
  const { items, ...page } = listPage(scope, selectedUsers(data, query), usersOrder(toSort(query.sort)))
  return { items: toWireUsers(data, items), ...page, asOf: asOf(deps, data), sources: sourcesOf(data) }
}

/** All users of a query, as CSV. */
export async function exportUsers(
  deps: ApiDependencies,
  cache: SnapshotCache,
  id: string,
  query: UserListQuery,
): Promise<CsvAnswer> {
  const data = await cache.read(id)
  return {
    text: toCsv(userColumns, toWireUsers(data, selectedUsers(data, query))),
    fileName: `rollcall-users-${id}.csv`,
    asOf: asOf(deps, data),
  }
}

function selectedUsers({ loaded }: OrganizationData, query: UserListQuery): readonly DirectoryUser[] {
  return loaded === null ? [] : loaded.usersBy(query, toSort(query.sort))
}

function toWireUsers({ loaded }: OrganizationData, users: readonly DirectoryUser[]): WireUser[] {
  return loaded === null ? [] : users.map((user) => toWireUser(user, loaded.snapshot.series.usage))
}

/** One user of any status. Throws `NotFoundError`. */
export async function getUser(cache: SnapshotCache, id: string, userId: string): Promise<WireUser> {
  const { loaded } = await cache.read(id)
  const user = loaded?.users.find((each) => each.id === userId)
  if (loaded === null || user === undefined) throw new NotFoundError('user')
  return toWireUser(user, loaded.snapshot.series.usage)
}

/** `-requests` sorts by requests, descending. */
function toSort(sort: UserListQuery['sort']): UsersSort {
  const descending = sort.startsWith('-')
  const field = USERS_SORT_FIELDS.find((each) => sort === each || sort === `-${each}`)
  return { field: field ?? 'name', descending }
}
