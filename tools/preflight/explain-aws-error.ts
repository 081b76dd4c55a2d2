import { type Finding, missing, notChecked } from './check.ts'

/**
 * The SDK's error names for unusable credentials:
 * https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
 */
const UNUSABLE_CREDENTIALS = new Map([
  ['CredentialsProviderError', 'no AWS credentials were found: run aws configure or aws sso login, or set AWS_PROFILE'],
  ['TokenProviderError', 'the AWS sign-in has ended: run aws sso login'],
  ['ExpiredToken', 'the AWS credentials have expired: sign in to AWS again'],
  ['ExpiredTokenException', 'the AWS credentials have expired: sign in to AWS again'],
  ['InvalidClientTokenId', 'AWS does not know these credentials: check AWS_PROFILE and AWS_ACCESS_KEY_ID'],
  ['UnrecognizedClientException', 'AWS does not know these credentials: check AWS_PROFILE and AWS_ACCESS_KEY_ID'],
  ['SignatureDoesNotMatch', 'AWS does not accept these credentials: check the secret access key'],
])

const NOT_ALLOWED = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'AuthorizationError'])

/** Describes an AWS error in one line, without its message, which can contain account numbers and role names. */
export function explainAwsError(error: unknown): Finding {
  const name = codeOf(error)
  const unusable = UNUSABLE_CREDENTIALS.get(name)
  if (unusable !== undefined) return missing(unusable)
  if (NOT_ALLOWED.has(name)) return notChecked('your credentials lack the permission for it')
  return notChecked(`AWS did not answer as expected (${name})`)
}

/** The service's error name, or Node's code of a failed connection. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
