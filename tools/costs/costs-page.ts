const BEGIN = '<!-- Computed by `npm run costs`: do not edit. -->'
const END = '<!-- End of what is computed. -->'

/** The page's text with the computed part replaced. Throws when the markers are missing. */
export function withTables(page: string, tables: string): string {
  const begin = page.indexOf(BEGIN)
  const end = page.indexOf(END)
  if (begin < 0 || end < begin) throw new Error(`The page has no “${BEGIN}” … “${END}”.`)
  return `${page.slice(0, begin + BEGIN.length)}\n\n${tables}\n\n${page.slice(end)}`
}
