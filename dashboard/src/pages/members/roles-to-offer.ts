/**
 * The selectable roles. Roles that differ only in case are the same to the filter, so the first spelling is offered.
 */
export function rolesToOffer(found: readonly string[]): string[] {
  const byFolded = new Map<string, string>()
  for (const role of found) if (!byFolded.has(role.toLowerCase())) byFolded.set(role.toLowerCase(), role)
  return [...byFolded.values()]
}

/** The offered spelling of a role. Unchanged when it is not offered. */
export function asOffered(role: string, offered: readonly string[]): string {
  return offered.find((each) => each.toLowerCase() === role.toLowerCase()) ?? role
}
