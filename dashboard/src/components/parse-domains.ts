/** The domains in a line of text, however they are set apart. */
export function parseDomains(text: string): string[] {
  return text.split(/[\s,;]+/).filter((domain) => domain !== '')
}
