import * as z from 'zod'

/** All problems of the API, with status and title. */
export const PROBLEMS = {
  validation_failed: { status: 400, title: 'The request is not valid' },
  unauthorized: { status: 401, title: 'Not signed in' },
  forbidden: { status: 403, title: 'Not allowed' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  request_too_large: { status: 413, title: 'The request is too large' },
  response_too_large: { status: 406, title: 'The answer is too large' },
  name_taken: { status: 409, title: 'The name is taken' },
  sync_in_progress: { status: 409, title: 'A sync is in progress' },
  edit_in_progress: { status: 409, title: 'Another change is in progress' },
  data_set_not_read: { status: 409, title: 'This data has not been read' },
  data_incomplete: { status: 409, title: 'The data is incomplete' },
  own_access: { status: 409, title: 'Nobody decides on their own access' },
  review_completed: { status: 409, title: 'The review is completed' },
  review_incomplete: { status: 409, title: 'Not every item is decided' },
  organization_already_connected: { status: 409, title: 'The organization is already connected' },
  different_organization: { status: 422, title: 'The key belongs to another organization' },
  invalid_admin_key: { status: 422, title: 'The key was not accepted' },
  not_an_admin_key: { status: 422, title: 'Not an Admin key' },
  insufficient_permissions: { status: 422, title: 'The key lacks a permission' },
  data_set_unavailable: { status: 422, title: 'The organization does not have this data' },
  account_deactivated: { status: 422, title: 'The account is deactivated' },
  provider_unreachable: { status: 503, title: 'The provider could not be reached' },
  provider_rate_limited: { status: 503, title: 'The provider is limiting requests' },
  timed_out: { status: 503, title: 'The provider took too long' },
  unexpected_reply: { status: 503, title: 'The provider’s reply could not be understood' },
  internal_error: { status: 500, title: 'Something went wrong' },
} as const

export type ApiProblemCode = keyof typeof PROBLEMS

/** An invalid field or parameter, and the reason. */
const fieldErrorSchema = z.strictObject({ field: z.string(), message: z.string() })

export type FieldError = z.output<typeof fieldErrorSchema>

const problemCodes = z.enum(
  Object.keys(PROBLEMS).filter((code): code is ApiProblemCode => Object.hasOwn(PROBLEMS, code)),
)

/** An error answer: RFC 9457 `application/problem+json`. */
export const problemSchema = z
  .strictObject({
    type: z.string().meta({ example: 'urn:rollcall:problem:validation_failed' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: problemCodes,
    errors: z.array(fieldErrorSchema).optional(),
  })
  .meta({ id: 'Problem' })

export type WireProblem = z.output<typeof problemSchema>

/** The `type` of a problem. */
export function problemType(code: ApiProblemCode): string {
  return `urn:rollcall:problem:${code}`
}
