/** Set by CloudFront on calls to the API. It replaces a header of this name from the client. */
export const ORIGIN_SECRET_HEADER = 'x-rollcall-origin-secret'
