import { isIP } from 'node:net'
import * as z from 'zod'
import { apiCode, bitsOf, EDGE_CODE_BYTES, filesCode } from '../site/edge-code.ts'
import type { StageConfig } from './stage-config.ts'

/** The only region whose certificates and web ACLs CloudFront accepts, wherever the stack is. */
const CLOUDFRONT_REGION = 'us-east-1'

/** The limit of a certificate that the stack requests: https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html */
const COMMON_NAME_LENGTH = 64

const HOST_NAME = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/
const CERTIFICATE = /^arn:aws:acm:([a-z0-9-]+):\d{12}:certificate\/[a-zA-Z0-9-]+$/
const WEB_ACL = /^arn:aws:wafv2:us-east-1:\d{12}:global\/webacl\/[\w-]+\/[a-zA-Z0-9-]+$/

const hostName = z.string().regex(HOST_NAME, 'must be a host name in lower case, such as rollcall.example.com')
const certificateArn = z.string().regex(CERTIFICATE, 'must be the ARN of a certificate, arn:aws:acm:…')
const siteCertificateArn = z
  .string()
  .refine(
    (arn) => regionOf(arn) === CLOUDFRONT_REGION,
    'must be the ARN of a certificate in us-east-1, arn:aws:acm:us-east-1:…: CloudFront accepts no others',
  )

/** The rules for `domain` alone. */
export const domainSchema = z.strictObject({
  name: hostName,
  apiName: hostName,
  certificateArn: siteCertificateArn.optional(),
  apiCertificateArn: certificateArn.optional(),
  hostedZone: z
    .strictObject({
      id: z.string().regex(/^Z[A-Z0-9]{1,31}$/, 'must be the id of a hosted zone, such as Z0123456789ABCDEFGHIJ'),
      name: hostName,
    })
    .optional(),
})

const allowedAddressesSchema = z
  .array(z.string())
  .min(1, 'must name a network, or nobody could reach the site')
  .superRefine((addresses, context) => {
    const mistakes = addresses.map(whyNotRange)
    mistakes.forEach((message, index) => {
      if (message !== undefined) context.addIssue({ code: 'custom', path: [index], message })
    })
    if (mistakes.some((mistake) => mistake !== undefined)) return
    const ranges = rangesOf(addresses)
    if (Math.max(filesCode(ranges).length, apiCode(ranges).length) <= EDGE_CODE_BYTES) return
    context.addIssue('are more than fit into the 10 KB of a CloudFront function: combine ranges, or use a web ACL')
  })

/** The rules for `access`. */
export const accessSchema = z
  .strictObject({
    webAclArn: z
      .string()
      .regex(WEB_ACL, 'must be the ARN of a web ACL for CloudFront, arn:aws:wafv2:us-east-1:…:global/webacl/…')
      .optional(),
    allowedAddresses: allowedAddressesSchema.optional(),
    secretVersion: z.uuid('must be the VersionId that Secrets Manager gave').optional(),
  })
  .refine(
    ({ webAclArn, allowedAddresses }) => webAclArn !== undefined || allowedAddresses !== undefined,
    'must have webAclArn or allowedAddresses: omit access to admit everybody',
  )

/** Each range as the common prefix of its addresses' bits (`bitsOf`). */
export function rangesOf(allowedAddresses: readonly string[]): string[] {
  return allowedAddresses.map((written) => {
    const [address = '', length] = written.split('/')
    const bits = bitsOf(address)
    return length === undefined ? bits : bits.slice(0, Number(length) + 1)
  })
}

/**
 * A range must be written with its first address. Anything else is probably a mistake, and would admit other addresses
 * than intended.
 */
function whyNotRange(written: string): string | undefined {
  const [, address = '', length] = /^([0-9a-fA-F.:]+)(?:\/(0|[1-9]\d{0,2}))?$/.exec(written) ?? []
  const family = isIP(address)
  const isMixed = address.includes(':') && address.includes('.')
  if (family === 0 || isMixed || Number(length ?? 0) > (family === 4 ? 32 : 128)) {
    return `“${written}” is not an address or range, such as 203.0.113.0/24 or 2001:db8::/48`
  }
  const isFirst =
    length === undefined ||
    !bitsOf(address)
      .slice(Number(length) + 1)
      .includes('1')
  return isFirst ? undefined : `“${written}” must begin with the first address of its range`
}

/** The rules for `domain` that depend on its hosted zone and on the stack's region. */
export function checkDomain(
  { domain, region }: Pick<StageConfig, 'domain' | 'region'>,
  context: z.RefinementCtx,
): void {
  if (domain === undefined) return
  const { name, apiName, certificateArn: siteArn, apiCertificateArn: apiArn, hostedZone } = domain
  const report = (field: string, message: string) =>
    context.addIssue({ code: 'custom', path: ['domain', field], message })
  if (name === apiName) report('apiName', 'must be another name than the dashboard’s')
  for (const [field, host] of Object.entries({ name, apiName })) {
    if (hostedZone === undefined || host === hostedZone.name || host.endsWith(`.${hostedZone.name}`)) continue
    report(field, `must be in the hosted zone ${hostedZone.name}`)
  }
  if (siteArn === undefined && (hostedZone === undefined || region !== CLOUDFRONT_REGION)) {
    report(
      'certificateArn',
      'must be set: the stack creates a certificate for CloudFront only with a hosted zone and region us-east-1 (docs/deploy.md has the commands)',
    )
  }
  for (const [field, host, arn] of [
    ['name', name, siteArn],
    ['apiName', apiName, apiArn],
  ] as const) {
    if (arn === undefined && host.length > COMMON_NAME_LENGTH) {
      report(field, `must have ${COMMON_NAME_LENGTH} characters at most, unless you bring its certificate`)
    }
  }
  if (apiArn === undefined && hostedZone === undefined) {
    report('apiCertificateArn', 'must be set: the stack creates a certificate only with a hosted zone')
  }
  const apiRegion = apiArn === undefined ? undefined : regionOf(apiArn)
  if (apiRegion !== undefined && region !== undefined && apiRegion !== region) {
    report('apiCertificateArn', `must be a certificate in ${region}, where the stack is`)
  }
}

function regionOf(arn: string): string | undefined {
  return CERTIFICATE.exec(arn)?.[1]
}
