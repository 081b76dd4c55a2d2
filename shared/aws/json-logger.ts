import { Logger as PowertoolsLogger } from '@aws-lambda-powertools/logger'
import type { Logger } from '../ports/logger.ts'

/**
 * Writes one JSON object per line to standard output. Fields are added beside the message; their types only allow ids
 * and figures.
 */
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
 * Reduces an error to safe fields. Powertools would print an error's own fields, which can be a DynamoDB item or a
 * request, so only identifiers of the cause are kept. Of a thrown value that is not an error, only its type is logged.
 */
function toError(error: unknown, causesLeft = CAUSES_AT_MOST): Error {
  if (!(error instanceof Error)) return new Error(`The thrown value is not an error: ${typeof error}.`)
  const hasCause = error.cause !== undefined && causesLeft > 0
  const safe = new Error(error.message, hasCause ? { cause: toError(error.cause, causesLeft - 1) } : {})
  safe.name = error.name
  if (error.stack !== undefined) safe.stack = error.stack
  return Object.assign(safe, namesIn(error))
}

/** An error code, such as `ECONNRESET`, and the request id by which AWS finds a request. */
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
