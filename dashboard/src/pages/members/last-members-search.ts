const lastSearches = new Map<string, string>()

/** Keeps how the members of an integration were filtered and ordered last, as long as the page lives. */
export function rememberMembersSearch(integrationId: string, search: string): void {
  lastSearches.set(integrationId, search)
}

/** How the members of an integration were filtered and ordered last: an address's query, empty for everybody. */
export function lastMembersSearch(integrationId: string): string {
  return lastSearches.get(integrationId) ?? ''
}
