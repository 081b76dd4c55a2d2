import { searchTest } from '../directory/search-text.ts'
import type { ListOrder } from '../sorted-list.ts'
import type { KeyFinding } from './key-findings.ts'
import type { KeyKind } from './keys.ts'
import type { KeyStatus, OwnedKey } from './owned-key.ts'

/** The fields by which keys can be sorted. `findings`: by how many there are. */
export const KEYS_SORT_FIELDS = ['name', 'createdAt', 'lastUsedOn', 'expiresAt', 'findings'] as const
export type KeysSortField = (typeof KEYS_SORT_FIELDS)[number]

/** A filter of keys. Omitted fields do not filter. */
export interface KeysFilter {
  /** A part of the name of the key, of its project or owner, or of the owner's address, compared by `toSearchText`. */
  readonly q?: string | undefined
  readonly kind?: KeyKind | undefined
  readonly status?: KeyStatus | undefined
  readonly ownerId?: string | undefined
  readonly finding?: KeyFinding | 'any' | undefined
}

/** The keys that match a filter, in their order. */
export function filterKeys(keys: readonly OwnedKey[], query: KeysFilter): OwnedKey[] {
  const isFound = query.q === undefined ? undefined : searchTest(query.q)
  const { finding } = query
  return keys.filter(
    (key) =>
      (query.kind === undefined || key.kind === query.kind) &&
      (query.status === undefined || key.status === query.status) &&
      (query.ownerId === undefined || key.owner?.id === query.ownerId) &&
      (finding === undefined || (finding === 'any' ? key.findings.length > 0 : key.findings.includes(finding))) &&
      (isFound === undefined || textsOf(key).some((text) => text != null && isFound(text))),
  )
}

export function keysOrder(field: KeysSortField, descending: boolean): ListOrder<OwnedKey> {
  return {
    valueOf: (key) => (field === 'findings' ? key.findings.length : key[field]),
    idOf: ({ id }) => id,
    descending,
    isWritten: field === 'name',
  }
}

function textsOf({ name, project, owner }: OwnedKey): readonly (string | null | undefined)[] {
  return [name, project?.name, owner?.name, owner?.email]
}
