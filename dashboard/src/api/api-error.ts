import type { FieldError, WireProblem } from '../../../shared/contracts/problem-contract.ts'

/** The API answered with a problem. `message` is its `detail`, written for people. */
export class ApiProblemError extends Error {
  readonly problem: WireProblem

  constructor(problem: WireProblem) {
    super(problem.detail)
    this.name = 'ApiProblemError'
    this.problem = problem
  }

  get fieldErrors(): readonly FieldError[] {
    return this.problem.errors ?? []
  }
}

/** The API requires a token, or rejected the one it got. */
export class UnauthorizedError extends Error {
  constructor() {
    super('This needs a token, or you are signed out.')
    this.name = 'UnauthorizedError'
  }
}

/** There was no answer, or an invalid one. */
export class NoAnswerError extends Error {
  readonly status: number | undefined

  constructor(message: string, options: { status?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.name = 'NoAnswerError'
    this.status = options.status
  }
}

/** True for the answer about a data set that was never read. */
export function isNotRead(error: Error | null): boolean {
  return error instanceof ApiProblemError && error.problem.code === 'data_set_not_read'
}
