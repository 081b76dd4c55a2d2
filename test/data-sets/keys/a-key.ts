import type { ListedKey } from '../../../shared/data-sets/keys/keys.ts'

export const PROJECT = { id: 'proj_1', name: 'Search' }

/** A key of Ana's, without findings. */
export function aKey(id: string, overrides: Partial<ListedKey> = {}): ListedKey {
  return {
    kind: 'project',
    id,
    name: id,
    hint: 'wxyz',
    project: PROJECT,
    owner: { kind: 'user', id: 'ana', name: 'Ana', email: null },
    createdAt: '2026-11-01T00:00:00.000Z',
    lastUsedOn: '2026-11-20',
    expiresAt: null,
    isUseKnown: true,
    isActive: true,
    ...overrides,
  }
}

/** Whose key it is, without what the directory has of them. */
export function owner(id: string, kind: 'user' | 'service_account' = 'user') {
  return { kind, id, name: null, email: null }
}
