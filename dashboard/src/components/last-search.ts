const lastSearches = new Map<string, string>()

/** Remembers the last filters and order of an integration's members until the page is closed. */
export function rememberMembersSearch(integrationId: string, search: string): void {
  lastSearches.set(integrationId, search)
}

/** The last filters and order of an integration's members, as a query string. Empty for everybody. */
export function lastMembersSearch(integrationId: string): string {
  return lastSearches.get(integrationId) ?? ''
}
