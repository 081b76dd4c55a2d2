/**
 * The roles to choose from. Those that differ only in case are one to the filter, and are offered once, as the first is
 * written.
 */
export function rolesToOffer(found: readonly string[]): string[] {
  const byFolded = new Map<string, string>()
  for (const role of found) if (!byFolded.has(role.toLowerCase())) byFolded.set(role.toLowerCase(), role)
  return [...byFolded.values()]
}

/** A role as it is offered, however it is written; as it stands when it is not offered. */
export function asOffered(role: string, offered: readonly string[]): string {
  return offered.find((each) => each.toLowerCase() === role.toLowerCase()) ?? role
}
