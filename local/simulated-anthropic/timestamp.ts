/** An instant as Anthropic writes it: RFC 3339, whole seconds without decimals. */
export function timestampOf(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z')
}
