/** The first `limit` of what is left of a list, and the last of them when more follow. */
export function firstPage<Item>(rest: readonly Item[], limit: number): { items: readonly Item[]; last: Item | null } {
  const items = rest.slice(0, limit)
  return { items, last: rest.length > limit ? (items.at(-1) ?? null) : null }
}
