/**
 * Canonical JSON by RFC 8785, written from the RFC and not from the product's library: members sorted by the UTF-16 units of their names,
 * no whitespace, and numbers and texts as ECMAScript prints them.
 */
export function canonicalized(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalized).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalized(member)}`).join(',')}}`
}
