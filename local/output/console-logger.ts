import type { LogFields, Logger } from '../../shared/ports/logger.ts'

/** Prints errors to a terminal. Successes are reported by the progress lines. */
export function consoleLogger(write: (line: string) => void): Logger {
  return {
    info() {},
    warn: (message, fields) => write(`! ${message}${inBrackets(fields)}`),
    error: (message, error, fields) => {
      const cause = error instanceof Error ? (error.stack ?? error.message) : 'unknown error'
      write(`! ${message}${inBrackets(fields)}\n  ${cause}`)
    },
  }
}

function inBrackets(fields: LogFields | undefined): string {
  if (fields === undefined) return ''
  const texts = Object.entries(fields).map(([name, value]) => `${name} ${value}`)
  return ` (${texts.join(', ')})`
}
