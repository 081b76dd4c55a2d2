import type { Cost } from '../costs/cost-views.ts'
import { searchTest } from '../directory/search-text.ts'
import type { ListOrder } from '../sorted-list.ts'
import { findingsRank, type KeyFindingType } from './key-findings.ts'
import type { KeyKind } from './keys.ts'
import type { KeyStatus, OwnedKey } from './owned-key.ts'

/** The fields by which keys can be sorted. `findings`: the key with the most severe finding first, then by name. */
export const KEYS_SORT_FIELDS = ['findings', 'name', 'createdAt', 'lastUsedOn', 'expiresAt', 'cost'] as const
export type KeysSortField = (typeof KEYS_SORT_FIELDS)[number]

/** A filter of keys. Omitted fields do not filter. */
export interface KeysFilter {
  /** A part of the name of the key, of its project or owner, or of the owner's address, compared by `toSearchText`. */
  readonly q?: string | undefined
  readonly kind?: KeyKind | undefined
  readonly status?: KeyStatus | undefined
  readonly ownerId?: string | undefined
  readonly finding?: KeyFindingType | 'any' | undefined
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
      (finding === undefined || key.findings.some(({ type }) => finding === 'any' || type === finding)) &&
      (isFound === undefined || textsOf(key).some((text) => text != null && isFound(text))),
  )
}

/** `costOf`: what a key cost, by its id. Null, and by default, if that is not known. */
export function keysOrder(
  field: KeysSortField,
  descending: boolean,
  costOf: (keyId: string) => Cost | null = () => null,
): ListOrder<OwnedKey> {
  const valueOf = (key: OwnedKey) => {
    if (field === 'findings') return findingsThenName(key, descending)
    if (field !== 'cost') return key[field]
    const cost = costOf(key.id)
    return cost && Number(cost.amount)
  }
  return {
    valueOf,
    // Providers promise no ids that are unique across projects.
    idOf: ({ id, project }) => `${id} ${project?.id ?? ''}`,
    descending,
    isWritten: field === 'findings' || field === 'name',
  }
}

/** Severity and name in one value. A digit before the name puts keys without one last among their equals in both directions. */
function findingsThenName({ findings, name }: OwnedKey, descending: boolean): string {
  const nameless = descending ? '0' : '2'
  return `${findingsRank(findings)}${name === null ? nameless : `1${name}`}`
}

function textsOf({ name, project, owner }: OwnedKey): readonly (string | null | undefined)[] {
  return [name, project?.name, owner?.name, owner?.email]
}
