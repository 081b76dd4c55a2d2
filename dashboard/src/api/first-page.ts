/** The cursor of a list's first page. */
export function firstPage(): string | undefined {
  return undefined
}
