const lastSearches = new Map<string, string>()

/** Remembers the last filters and order of the list at a path, as a query string, until the page is closed. */
export function rememberSearch(path: string, search: string): void {
  lastSearches.set(path, search)
}

/** The list at a path with its last filters and order, and whether there are any. */
export function lastSearchOf(path: string): { readonly href: string; readonly isNarrowed: boolean } {
  const search = lastSearches.get(path) ?? ''
  return { href: search === '' ? path : `${path}?${search}`, isNarrowed: search !== '' }
}
