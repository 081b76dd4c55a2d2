import { keyColumns, type KeyRow } from '../../../shared/contracts/csv-columns.ts'
import type { KeyListQuery, WireKey, WireKeyList } from '../../../shared/contracts/keys-contract.ts'
import { isUnread } from '../../../shared/data-sets/keys/keys.ts'
import { filterKeys, KEYS_SORT_FIELDS, keysOrder } from '../../../shared/data-sets/keys/keys-query.ts'
import type { KeysAsOf, OwnedKey } from '../../../shared/data-sets/keys/owned-key.ts'
import { sortItems } from '../../../shared/data-sets/sorted-list.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { type CsvAnswer, toCsv } from '../http/csv.ts'
import { listPage } from '../http/list-page.ts'
import { requireAsOf } from './as-of.ts'
import type { OrganizationData, SnapshotCache } from './snapshot-cache.ts'

/** A page of keys, and the projects whose keys are older. Throws `DataSetNotReadError`. */
export async function listKeys(
  deps: ApiDependencies,
  cache: SnapshotCache,
  id: string,
  query: KeyListQuery,
): Promise<WireKeyList> {
  const data = await cache.read(id)
  const asOf = requireAsOf(deps, data, 'keys')
  const scope = { operationId: 'listKeys', integrationId: id, query }
  const { items, ...page } = listPage(scope, selectedKeys(data, asOf, query), orderOf(data, query))
  return { items: items.map((key) => toWireKey(key, costsOf(data))), ...page, asOf, notRead: notReadIn(data) }
}

/** All keys of a query, as CSV, and all projects that could not be read, whatever the query. Throws `DataSetNotReadError`. */
export async function exportKeys(
  deps: ApiDependencies,
  cache: SnapshotCache,
  id: string,
  query: KeyListQuery,
): Promise<CsvAnswer> {
  const data = await cache.read(id)
  const asOf = requireAsOf(deps, data, 'keys')
  const rows = rowsOf(selectedKeys(data, asOf, query), notReadIn(data), {
    syncedAt: asOf.syncedAt,
    costOf: costsOf(data),
  })
  const text = toCsv(keyColumns, rows)
  return { text, fileName: `rollcall-keys-${id}.csv`, asOf }
}

function selectedKeys(data: OrganizationData, asOf: KeysAsOf, query: KeyListQuery): OwnedKey[] {
  const { loaded } = data
  return loaded === null ? [] : sortItems(filterKeys(loaded.keys(asOf), query), orderOf(data, query))
}

/** `-createdAt` shows the newest first. */
function orderOf(data: OrganizationData, { sort }: KeyListQuery) {
  const field = KEYS_SORT_FIELDS.find((each) => sort === each || sort === `-${each}`)
  return keysOrder(field ?? 'findings', sort.startsWith('-'), costsOf(data))
}

function notReadIn({ loaded }: OrganizationData): WireKeyList['notRead'] {
  const unread = (loaded?.snapshot.lists.keys ?? []).filter(isUnread)
  return unread.map(({ project, code, readAt }) => ({ project, code, keysAsOf: readAt }))
}

/** The rows of keys, each with the time of its reading, then those of projects without one. */
function rowsOf(
  selected: readonly OwnedKey[],
  notRead: WireKeyList['notRead'],
  { syncedAt, costOf }: { readonly syncedAt: string; readonly costOf: CostOf },
): KeyRow[] {
  const readAt = new Map(notRead.map(({ project, keysAsOf }) => [project?.id ?? null, keysAsOf]))
  const rows = selected.map((key) => {
    const { project } = key
    return { key: toWireKey(key, costOf), project, keysAsOf: readAt.get(project?.id ?? null) ?? syncedAt }
  })
  return [...rows, ...notRead.map(({ project, keysAsOf }) => ({ key: null, project, keysAsOf }))]
}

type CostOf = (keyId: string) => WireKey['cost']

/** What each key cost in the window. */
function costsOf({ loaded }: OrganizationData): CostOf {
  return (keyId) => loaded?.costs.costOfKey(keyId) ?? null
}

function toWireKey(key: OwnedKey, costOf: CostOf): WireKey {
  return {
    id: key.id,
    kind: key.kind,
    name: key.name,
    hint: key.hint,
    project: key.project,
    owner: key.owner && toWireOwner(key.owner),
    createdAt: key.createdAt,
    lastUsedOn: key.lastUsedOn,
    expiresAt: key.expiresAt,
    status: key.status,
    cost: costOf(key.id),
    findings: key.findings.map(({ type }) => type),
  }
}

export function toWireOwner({ kind, id, email, name, status }: NonNullable<OwnedKey['owner']>): WireKey['owner'] {
  return { kind, id, email, name, status }
}
