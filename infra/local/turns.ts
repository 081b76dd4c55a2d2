import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import pLimit, { type LimitFunction } from 'p-limit'
import { isPathOf } from '../../functions/api/path-template.ts'
import type { Operation } from '../../shared/contracts/operation.ts'
import { operations } from '../../shared/contracts/operations.ts'

/** Whole answers take the processor and the memory of thousands of small ones. */
const EXPORTS_AT_ONCE = 2
/** Most of a call's time is waiting: for the table, or for OpenAI while a key is checked. */
const CALLS_AT_ONCE = 16

/**
 * Who is answered when. Lambda gives every call a process of its own; here all share one, so of each kind of call only a
 * few are taken up at once, and the rest wait. A client that hammers one kind holds up those who ask for the same, and nobody
 * else; and a call's time begins to run when it is taken up, not when it came.
 */
export class Turns {
  private readonly limits = new Map<string, LimitFunction>()

  /** Acts when it is the call's turn. */
  async take(event: APIGatewayProxyEventV2, act: () => Promise<void>): Promise<void> {
    const isExport = wantsCsv(event)
    const kind = isExport ? 'export' : kindOf(event)
    const limit = this.limits.get(kind) ?? pLimit(isExport ? EXPORTS_AT_ONCE : CALLS_AT_ONCE)
    this.limits.set(kind, limit)
    await limit(act)
  }
}

/** The operation's name; what is none has a kind together. */
function kindOf({ rawPath, requestContext }: APIGatewayProxyEventV2): string {
  const { method } = requestContext.http
  const called = Object.values<Operation>(operations).find(
    (operation) => operation.method === method && isPathOf(operation.path, rawPath),
  )
  return called?.operationId ?? 'unknown'
}

/** True for what may be answered in CSV: it need not be exact. */
function wantsCsv({ rawQueryString, headers }: APIGatewayProxyEventV2): boolean {
  return /(^|&)format=csv/i.test(rawQueryString) || /text\/csv/i.test(headers['accept'] ?? '')
}
