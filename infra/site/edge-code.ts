/**
 * The code of the site's CloudFront functions, which run before every request for a file or for the API. It only uses
 * features of CloudFront's JavaScript runtime 2.0: ECMAScript 5.1, arrow functions, `const`, template literals and
 * `repeat`.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 */

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-functions */
export const EDGE_CODE_BYTES = 10 * 1024

const REFUSAL = 'This network may not use Rollcall. Connect through a network of your company, or ask the operator.'

/** A refusal in the API's problem format, which the dashboard shows and scripts parse. */
const PROBLEM = {
  type: 'urn:rollcall:problem:forbidden',
  title: 'Not allowed',
  status: 403,
  detail: REFUSAL,
  code: 'forbidden',
}

const PASS = `  return event.request
`

/** Client-side routes have no file extension. One file serves them all. */
const TO_INDEX = `  var request = event.request
  var name = request.uri.split('/').pop()
  if (request.uri === '/docs/') request.uri = '/docs/index.html'
  else if (name.indexOf('.') < 0) request.uri = '/index.html'
  return request
`

/** For file requests: enforces the allowed ranges, if any, and maps client-side routes to the dashboard's document. */
export function filesCode(allowedRanges: readonly string[] | undefined): string {
  return code(TO_INDEX, allowedRanges, { type: 'text/plain', body: `${REFUSAL}\n` })
}

/** For API calls: enforces the allowed ranges. */
export function apiCode(allowedRanges: readonly string[]): string {
  return code(PASS, allowedRanges, { type: 'application/problem+json', body: JSON.stringify(PROBLEM) })
}

/**
 * A valid address as text: `4` or `6` for its family, then its bits. A range is the common prefix of its addresses.
 * CloudFront receives the source of this function.
 */
export function bitsOf(address: string): string {
  const isV4 = address.indexOf(':') < 0
  const inBits = (group: string): string =>
    `000000000000000${parseInt(group, isV4 ? 10 : 16).toString(2)}`.slice(isV4 ? -8 : -16)
  const groups = isV4 ? [address.split('.')] : address.split('::').map((half) => (half ? half.split(':') : []))
  const written = groups.map((half) => half.map(inBits).join(''))
  const missing = (isV4 ? 32 : 128) - written.join('').length
  return (isV4 ? '4' : '6') + written.join('0'.repeat(missing))
}

function code(
  answer: string,
  allowedRanges: readonly string[] | undefined,
  refusal: { readonly type: string; readonly body: string },
): string {
  if (allowedRanges === undefined) return `function handler(event) {\n${answer}}\n`
  const response = {
    statusCode: 403,
    statusDescription: 'Forbidden',
    headers: {
      'content-type': { value: `${refusal.type}; charset=utf-8` },
      'cache-control': { value: 'no-store' },
    },
    body: { encoding: 'text', data: refusal.body },
  }
  return `const ranges = ${JSON.stringify(allowedRanges)}
const refusal = ${JSON.stringify(response)}
${bitsOf.toString()}
function handler(event) {
  const bits = bitsOf(event.viewer.ip)
  if (!ranges.some((range) => bits.indexOf(range) === 0)) return refusal
${answer}}
`
}
