import type { ApiProblemCode, FieldError } from '../../../shared/contracts/problem-contract.ts'

/** A request that cannot be fulfilled. The client receives the `detail`. */
export class ApiError extends Error {
  readonly code: ApiProblemCode
  readonly errors: readonly FieldError[]

  constructor(code: ApiProblemCode, detail: string, errors: readonly FieldError[] = []) {
    super(detail)
    this.name = 'ApiError'
    this.code = code
    this.errors = errors
  }
}

/** Invalid fields or parameters: `validation_failed`, with the name of each. */
export class ValidationError extends ApiError {
  constructor(errors: readonly FieldError[]) {
    super('validation_failed', errors.map(({ field, message }) => `${field}: ${message}`).join('; '), errors)
    this.name = 'ValidationError'
  }
}

/** The requested thing does not exist or is not visible. */
export class NotFoundError extends ApiError {
  constructor(what: string) {
    super('not_found', `There is no such ${what}.`)
    this.name = 'NotFoundError'
  }
}

/** The caller lacks permission. */
export class ForbiddenError extends ApiError {
  constructor(detail: string) {
    super('forbidden', detail)
    this.name = 'ForbiddenError'
  }
}

/** The file in the body is larger than the call takes, as it was sent or once it is decompressed. */
export class RequestTooLargeError extends ApiError {
  constructor(bytesAtMost: number, of: 'sent' | 'decompressed') {
    super(
      'request_too_large',
      of === 'sent'
        ? `The body must have at most ${bytesAtMost} bytes. Send a larger file compressed (Content-Type: application/gzip).`
        : `The file must have at most ${bytesAtMost} bytes once it is decompressed.`,
    )
    this.name = 'RequestTooLargeError'
  }
}

const REQUEST_LESS = 'request less: fewer people with a filter, fewer days with from and to'

/** The answer is larger than Lambda can return. */
export class ResponseTooLargeError extends ApiError {
  constructor({ isCompressed }: { readonly isCompressed: boolean }) {
    super(
      'response_too_large',
      isCompressed
        ? `The answer is too large, even compressed. To get everything, request JSON in pages (limit and cursor). Or ${REQUEST_LESS}; CSV of one role, seat or license after the other is complete too.`
        : `The answer is too large to be sent uncompressed. Accept compression (Accept-Encoding: gzip; with curl, --compressed), or ${REQUEST_LESS}.`,
    )
    this.name = 'ResponseTooLargeError'
  }
}

/** The path exists, but not with this method. */
export class MethodNotAllowedError extends ApiError {
  readonly allowed: readonly string[]

  constructor(allowed: readonly string[]) {
    super('method_not_allowed', `This path takes ${allowed.join(', ')}.`)
    this.name = 'MethodNotAllowedError'
    this.allowed = allowed
  }
}

/** There is no reading of a data set. `state` says why. */
export class DataSetNotReadError extends ApiError {
  constructor(dataSet: string, state: string) {
    super(
      'data_set_not_read',
      `The data set “${dataSet}” of this organization has not been read: its state is ${state}.`,
    )
    this.name = 'DataSetNotReadError'
  }
}
