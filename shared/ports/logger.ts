/** Fields are ids, codes, counts and durations, never a name, an email, a search text or a key. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>

/** Reports events to operators. An `error` keeps its name, message and stack. */
export interface Logger {
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, error: unknown, fields?: LogFields): void
}
