/** What Excel can write before the header to name the separator. */
const SEPARATOR_LINE = /^\uFEFF?sep=.$/i

/**
 * How many employees a roster lists: its lines with a text below the header. Undefined when that cannot be counted by
 * lines, because a cell in quotation marks has a line break. The API reads the file, and says what it stored.
 */
export function employeesIn(csv: string): number | undefined {
  const lines = csv.split(/\r\n?|\n/)
  if (lines.some((line) => (line.split('"').length - 1) % 2 === 1)) return undefined
  const filled = lines.filter((line) => /[^\s,;"\uFEFF]/.test(line))
  const heads = filled[0] !== undefined && SEPARATOR_LINE.test(filled[0]) ? 2 : 1
  return Math.max(0, filled.length - heads)
}
