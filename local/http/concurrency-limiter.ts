import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import pLimit, { type LimitFunction } from 'p-limit'
import { isPathOf } from '../../functions/api/http/path-template.ts'
import type { Operation } from '../../shared/contracts/operation.ts'
import { operations } from '../../shared/contracts/operations.ts'

/** Lists of people and usage take the processor: more of them at once would only make everybody wait longer. */
const LISTS_AT_ONCE = 2
/** Most of any other call's time is waiting: for the table, or for OpenAI while a key is checked. */
const CALLS_AT_ONCE = 16

/**
 * Who is answered when. Lambda gives every call a process of its own; here all share one, so of each kind of call only a
 * few are taken up at once, and the rest wait. A client that hammers one kind holds up those who ask for the same, and nobody
 * else; and a call's time begins to run when it is taken up, not when it came.
 */
export class ConcurrencyLimiter {
  private readonly limits = new Map<string, LimitFunction>()

  /** Acts when it is the call's turn. */
  async take(event: APIGatewayProxyEventV2, act: () => Promise<void>): Promise<void> {
    const called = operationOf(event)
    const isExport = wantsCsv(event)
    const kind = isExport ? 'export' : (called?.operationId ?? 'unknown')
    const isList = isExport || called?.csv === true
    const limit = this.limits.get(kind) ?? pLimit(isList ? LISTS_AT_ONCE : CALLS_AT_ONCE)
    this.limits.set(kind, limit)
    await limit(act)
  }
}

/** Undefined for what is none of ours: all that has one kind together. */
function operationOf({ rawPath, requestContext }: APIGatewayProxyEventV2): Operation | undefined {
  const { method } = requestContext.http
  return Object.values<Operation>(operations).find(
    (operation) => operation.method === method && isPathOf(operation.path, rawPath),
  )
}

/** True for what may be answered in CSV: it need not be exact. */
function wantsCsv({ rawQueryString, headers }: APIGatewayProxyEventV2): boolean {
  return /(^|&)format=csv/i.test(rawQueryString) || /text\/csv/i.test(headers['accept'] ?? '')
}
