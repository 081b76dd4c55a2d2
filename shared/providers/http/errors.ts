import { ProviderError } from '../../domain/problem.ts'

/** A reply exceeded its size limit and was discarded. A request for less data can succeed. */
export class ReplyTooLargeError extends ProviderError {
  constructor(dataSet: string, maxReplyBytes: number) {
    super('unexpected_reply', dataSet, { note: `unexpected_reply (${dataSet}): over ${maxReplyBytes} bytes` })
    this.name = 'ReplyTooLargeError'
  }
}

/** The provider refused this request for a reason other than the key. Repeating it would get the same answer. */
export class RequestRefusedError extends ProviderError {
  readonly status: number

  constructor(dataSet: string, status: number, note: string) {
    super('unexpected_reply', dataSet, { note })
    this.status = status
  }
}

/** A valid reply that is inconsistent or incomplete. `reason` names fields and days, never values. */
export function unexpectedReply(dataSet: string, reason: string): ProviderError {
  return new ProviderError('unexpected_reply', dataSet, { note: `unexpected_reply (${dataSet}): ${reason}` })
}
