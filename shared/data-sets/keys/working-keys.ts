import type { OwnedKey } from './owned-key.ts'

/** How many keys of each owner work, by the owner's id. Owners without any are missing. */
export function workingKeys(listed: readonly OwnedKey[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { owner, status } of listed) {
    if (owner !== null && status === 'active') counts.set(owner.id, (counts.get(owner.id) ?? 0) + 1)
  }
  return counts
}
