import { Logger as PowertoolsLogger } from '@aws-lambda-powertools/logger'
import type { Logger } from '../ports/logger.ts'

/** One JSON object a line, on standard output. Fields stand beside the message; the types keep them to ids and figures. */
export function createJsonLogger(serviceName: string): Logger {
  const logger = new PowertoolsLogger({ serviceName })
  return {
    info: (message, fields = {}) => logger.info(message, fields),
    warn: (message, fields = {}) => logger.warn(message, fields),
    error: (message, error, fields = {}) => logger.error(message, { ...fields, error: toError(error) }),
  }
}

/** What is thrown is an error nearly always. Anything else might hold anything, so only its type is told. */
function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(`What was thrown is no error: ${typeof error}.`)
}
