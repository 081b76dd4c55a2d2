/** An error answer of the simulated organization. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string | null
  readonly headers: Record<string, string>

  constructor(status: number, message: string, code: string | null = null, headers: Record<string, string> = {}) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.code = code
    this.headers = headers
  }
}
