/** The organizations of these tests use no other kinds, so snapshots of them have no parts in the table. */
export function hasParts(generation: string): boolean {
  return !generation.startsWith('other_usage.')
}
