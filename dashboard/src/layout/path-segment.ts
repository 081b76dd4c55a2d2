/** A part of an address as it was meant; as it stands when it is not properly encoded, which then names nothing. */
export function readPathSegment(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
