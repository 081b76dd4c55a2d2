import { ProviderError } from '../../domain/problem.ts'

/** A reply grew past the bytes allowed for it and was discarded. Asking for less may help. */
export class ReplyTooLargeError extends ProviderError {
  constructor(dataSet: string, maxReplyBytes: number) {
    super('unexpected_reply', dataSet, { note: `unexpected_reply (${dataSet}): over ${maxReplyBytes} bytes` })
    this.name = 'ReplyTooLargeError'
  }
}

/** The provider refused this very request, for a reason that is not the key: the same request gets the same answer. */
export class RequestRefusedError extends ProviderError {
  readonly status: number

  constructor(dataSet: string, status: number, note: string) {
    super('unexpected_reply', dataSet, { note })
    this.status = status
  }
}

/** A reply in good form that cannot be true or whole. `reason` names fields and days, never values. */
export function unexpectedReply(dataSet: string, reason: string): ProviderError {
  return new ProviderError('unexpected_reply', dataSet, { note: `unexpected_reply (${dataSet}): ${reason}` })
}
