/** The organizations of these tests use no other kinds and cost nothing, so snapshots of them have no parts in the table. */
export function hasParts(generation: string): boolean {
  return !/^(other_usage|costs)\./.test(generation)
}
