/** The domains in a line of text, with any separators. */
export function parseDomains(text: string): string[] {
  return text.split(/[\s,;]+/).filter((domain) => domain !== '')
}
