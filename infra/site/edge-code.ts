/**
 * The code of the site's CloudFront functions, which run before every request for a file or for the API. It is written in
 * what CloudFront's JavaScript runtime 2.0 has: ECMAScript 5.1, arrow functions, `const`, template literals and `repeat`.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 */

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-functions */
export const EDGE_CODE_BYTES = 10 * 1024

const REFUSAL = 'This network may not use Rollcall. Connect through a network of your company, or ask the operator.'

/** The API's own form of a refusal, which the dashboard shows and scripts read. */
const PROBLEM = {
  type: 'urn:rollcall:problem:forbidden',
  title: 'Not allowed',
  status: 403,
  detail: REFUSAL,
  code: 'forbidden',
}

const PASS = `  return event.request
`

/** Pages that the dashboard makes in the browser have addresses without an ending, and are all served by one file. */
const TO_INDEX = `  var request = event.request
  var name = request.uri.split('/').pop()
  if (request.uri === '/docs/') request.uri = '/docs/index.html'
  else if (name.indexOf('.') < 0) request.uri = '/index.html'
  return request
`

/** For requests for files: from the allowed ranges only, if there are any, and pages lead to the dashboard. */
export function filesCode(allowedRanges: readonly string[] | undefined): string {
  return code(TO_INDEX, allowedRanges, { type: 'text/plain', body: `${REFUSAL}\n` })
}

/** For calls of the API: from the allowed ranges only. */
export function apiCode(allowedRanges: readonly string[]): string {
  return code(PASS, allowedRanges, { type: 'application/problem+json', body: JSON.stringify(PROBLEM) })
}

/**
 * An address, valid as it is, as text: `4` or `6` for its family, then its bits. A range is the beginning that its addresses
 * share. CloudFront gets the source of this function.
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
