import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import pLimit, { type LimitFunction } from 'p-limit'
import { isPathOf, type Operation, takesCsv } from '../../shared/contracts/operation.ts'
import { operations } from '../../shared/contracts/operations.ts'

/** Lists of people and usage, and files of people, are CPU-bound: more of them at once would only slow all of them down. */
const LISTS_AT_ONCE = 2
/** Other calls mostly wait for the table, or for the provider during a key check. */
const CALLS_AT_ONCE = 16

/**
 * Limits the concurrency of each kind of call. On Lambda every call has its own process; here all share one, so only a
 * few of each kind run at once and the rest queue. One busy endpoint cannot starve the others. A call's timeout starts
 * when it runs, not when it arrived.
 */
export class ConcurrencyLimiter {
  private readonly limits = new Map<string, LimitFunction>()

  /** Runs `act` once the limit of the call's kind permits it. */
  async take(event: APIGatewayProxyEventV2, act: () => Promise<void>): Promise<void> {
    const called = operationOf(event)
    const isExport = wantsCsv(event)
    const kind = isExport ? 'export' : (called?.operationId ?? 'unknown')
    const isList = isExport || called?.csv === true || isUpload(event)
    const limit = this.limits.get(kind) ?? pLimit(isList ? LISTS_AT_ONCE : CALLS_AT_ONCE)
    this.limits.set(kind, limit)
    await limit(act)
  }
}

/** True for a call that takes a file, which is larger than other bodies. */
export function isUpload(event: APIGatewayProxyEventV2): boolean {
  const called = operationOf(event)
  return called !== undefined && takesCsv(called)
}

/** Undefined for unknown paths, which share one kind. */
function operationOf({ rawPath, requestContext }: APIGatewayProxyEventV2): Operation | undefined {
  const { method } = requestContext.http
  return Object.values<Operation>(operations).find(
    (operation) => operation.method === method && isPathOf(operation.path, rawPath),
  )
}

/** True when the answer may be CSV. This need not be exact. */
function wantsCsv({ rawQueryString, headers }: APIGatewayProxyEventV2): boolean {
  return /(^|&)format=csv/i.test(rawQueryString) || /text\/csv/i.test(headers['accept'] ?? '')
}
