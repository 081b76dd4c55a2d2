const LONGEST_FILTERS = 80

/**
 * The file name of a download. It contains the organization, the content, the filters and the last day of the data, so
 * files can be told apart: `Acme members, guest, no use, 2026-11-28.csv`.
 */
export function fileNameOf(file: {
  readonly organization: string
  /** What the file lists, such as `members`. */
  readonly content: string
  readonly filters: readonly string[]
  readonly day: string | undefined
  readonly extension: 'csv' | 'xlsx'
}): string {
  const filters = file.filters.join(', ').slice(0, LONGEST_FILTERS)
  const parts = [`${file.organization} ${file.content}`, filters, file.day]
  return `${parts.filter((part) => part !== undefined && part !== '').join(', ')}.${file.extension}`
}
