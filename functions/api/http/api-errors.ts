import type { ApiProblemCode, FieldError } from '../../../shared/contracts/problem-contract.ts'
import { alreadyConnectedAdvice, type ProviderProblemCode } from '../../../shared/domain/problem.ts'

/** A request that cannot be answered. The detail is told to whoever sent it. */
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

/** Fields or parameters that are wrong: `validation_failed`, naming each. */
export class ValidationError extends ApiError {
  constructor(errors: readonly FieldError[]) {
    super('validation_failed', errors.map(({ field, message }) => `${field}: ${message}`).join('; '), errors)
    this.name = 'ValidationError'
  }
}

/** What was asked for is not there, or is shown to nobody. */
export class NotFoundError extends ApiError {
  constructor(what: string) {
    super('not_found', `There is no such ${what}.`)
    this.name = 'NotFoundError'
  }
}

/** The caller may not do this. */
export class ForbiddenError extends ApiError {
  constructor(detail: string) {
    super('forbidden', detail)
    this.name = 'ForbiddenError'
  }
}

/** The whole answer is more than the platform hands over. */
export class ResponseTooLargeError extends ApiError {
  constructor() {
    super(
      'response_too_large',
      'The whole answer is too large to be sent uncompressed. Accept compression (Accept-Encoding: gzip; with curl, --compressed), or ask for less: fewer people by a filter, fewer days by from and to.',
    )
    this.name = 'ResponseTooLargeError'
  }
}

/** The path is there, but not with this method. */
export class MethodNotAllowedError extends ApiError {
  readonly allowed: readonly string[]

  constructor(allowed: readonly string[]) {
    super('method_not_allowed', `This path takes ${allowed.join(', ')}.`)
    this.name = 'MethodNotAllowedError'
    this.allowed = allowed
  }
}

/** A key of an organization that another integration has. Nothing was stored. */
export class AlreadyConnectedError extends ApiError {
  constructor(name: string) {
    super('organization_already_connected', alreadyConnectedAdvice(name))
    this.name = 'AlreadyConnectedError'
  }
}

/** A key that cannot read what it must. Nothing was stored. */
export class KeyRefusedError extends ApiError {
  constructor(code: ProviderProblemCode, advice: string) {
    super(code, advice)
    this.name = 'KeyRefusedError'
  }
}
