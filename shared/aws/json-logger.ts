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

const CAUSES_AT_MOST = 5

/**
 * What is thrown is an error nearly always. Anything else might hold anything, so only its type is told; and so might an
 * error's own fields, an item of DynamoDB's or a request, which Powertools would print: only what a name for a cause can be
 * is kept of them.
 */
function toError(error: unknown, causesLeft = CAUSES_AT_MOST): Error {
  if (!(error instanceof Error)) return new Error(`What was thrown is no error: ${typeof error}.`)
  const hasCause = error.cause !== undefined && causesLeft > 0
  const told = new Error(error.message, hasCause ? { cause: toError(error.cause, causesLeft - 1) } : {})
  told.name = error.name
  if (error.stack !== undefined) told.stack = error.stack
  return Object.assign(told, namesIn(error))
}

/** A code, such as `ECONNRESET`, and the id by which AWS finds a request. */
function namesIn(error: Error): { readonly code?: string; readonly awsRequestId?: string } {
  const code = 'code' in error ? error.code : undefined
  const metadata = '$metadata' in error ? error.$metadata : undefined
  const id =
    typeof metadata === 'object' && metadata !== null && 'requestId' in metadata ? metadata.requestId : undefined
  return { ...(isName(code) && { code }), ...(isName(id) && { awsRequestId: id }) }
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && /^[\w-]{1,64}$/.test(value)
}
