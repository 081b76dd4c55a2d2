import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import {
  PROBLEMS,
  problemType,
  type ApiProblemCode,
  type FieldError,
  type WireProblem,
} from '../../../shared/contracts/problem-contract.ts'
import { EditInProgressError } from '../../../shared/integrations/edit.ts'
import { SyncInProgressError } from '../../../shared/integrations/sync-slot.ts'
import { IntegrationNotFoundError, NameTakenError, RosterReplacedError } from '../../../shared/storage/errors.ts'
import { ApiError, MethodNotAllowedError } from './api-errors.ts'

/** The one place that maps errors to problem responses. Unknown errors become `internal_error`, without details. */
export function toProblemResponse(error: unknown): APIGatewayProxyStructuredResultV2 {
  const problem = toProblem(error)
  return {
    statusCode: problem.status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      ...(error instanceof MethodNotAllowedError ? { allow: error.allowed.join(', ') } : {}),
    },
    body: JSON.stringify(problem),
  }
}

/** The problem for an error. */
export function toProblem(error: unknown): WireProblem {
  if (error instanceof ApiError) return problemOf(error.code, error.message, error.errors)
  if (error instanceof NameTakenError)
    return problemOf('name_taken', 'Another integration has this name. Choose another.')
  if (error instanceof IntegrationNotFoundError) return problemOf('not_found', 'There is no such integration.')
  if (error instanceof SyncInProgressError) return problemOf('sync_in_progress', error.message)
  if (error instanceof EditInProgressError || error instanceof RosterReplacedError)
    return problemOf('edit_in_progress', error.message)
  return problemOf(
    'internal_error',
    'The request could not be answered. Try again. If the error persists, contact the operator.',
  )
}

/** A problem with the status and title of its code. */
export function problemOf(code: ApiProblemCode, detail: string, errors: readonly FieldError[] = []): WireProblem {
  const { status, title } = PROBLEMS[code]
  return { type: problemType(code), title, status, detail, code, ...(errors.length > 0 ? { errors: [...errors] } : {}) }
}
