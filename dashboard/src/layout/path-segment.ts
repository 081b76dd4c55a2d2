/** A decoded path segment. An incorrectly encoded one is returned unchanged, and then matches nothing. */
export function readPathSegment(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
