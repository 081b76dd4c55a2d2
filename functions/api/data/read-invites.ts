import { inviteColumns } from '../../../shared/contracts/csv-columns.ts'
import type { InviteListQuery } from '../../../shared/contracts/invites-contract.ts'
import { type Invite, inviteAsOf } from '../../../shared/data-sets/invites/invites.ts'
import { type ListOrder, sortItems } from '../../../shared/data-sets/sorted-list.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { type CsvAnswer, toCsv } from '../http/csv.ts'
import { listPage } from '../http/list-page.ts'
import { requireAsOf } from './as-of.ts'
import type { OrganizationData, SnapshotCache } from './snapshot-cache.ts'

const NEWEST_FIRST: ListOrder<Invite> = {
  valueOf: ({ invitedAt }) => invitedAt,
  idOf: ({ id }) => id,
  descending: true,
  isWritten: false,
}

/** A page of invitations. Throws `DataSetNotReadError`. */
export async function listInvites(deps: ApiDependencies, cache: SnapshotCache, id: string, query: InviteListQuery) {
  const data = await cache.read(id)
  const asOf = requireAsOf(deps, data, 'invites')
  const scope = { operationId: 'listInvites', integrationId: id, query }
  const { items, ...page } = listPage(scope, sortedInvites(data, asOf), NEWEST_FIRST)
  return { items: [...items], ...page, asOf }
}

/** The same as CSV. */
export async function exportInvites(deps: ApiDependencies, cache: SnapshotCache, id: string): Promise<CsvAnswer> {
  const data = await cache.read(id)
  const asOf = requireAsOf(deps, data, 'invites')
  return { text: toCsv(inviteColumns, sortedInvites(data, asOf)), fileName: `rollcall-invites-${id}.csv`, asOf }
}

function sortedInvites({ loaded }: OrganizationData, { syncedAt }: { readonly syncedAt: string }): Invite[] {
  const invites = loaded?.snapshot.lists.invites ?? []
  return sortItems(
    invites.map((invite) => inviteAsOf(invite, syncedAt)),
    NEWEST_FIRST,
  )
}
