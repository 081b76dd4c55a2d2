/** CloudFront sets it on what it passes to the API, and replaces what a client sends under this name. */
export const ORIGIN_SECRET_HEADER = 'x-rollcall-origin-secret'
