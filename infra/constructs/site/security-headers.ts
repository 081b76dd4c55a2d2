import { Duration, Lazy } from 'aws-cdk-lib'
import { HeadersFrameOption, HeadersReferrerPolicy, ResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront'
import type { Construct } from 'constructs'
import { globalName } from '../global-name.ts'

export interface SecurityHeadersProps {
  /** Origins besides its own that the page may call. */
  readonly connectTo: readonly string[]
  /** Allows inline styles. Inline scripts are never allowed. Default: not allowed. */
  readonly inlineStyles?: true
}

/** Response headers that restrict the site's pages to their own resources and the listed origins. */
export class SecurityHeaders extends ResponseHeadersPolicy {
  constructor(scope: Construct, id: string, { connectTo, inlineStyles }: SecurityHeadersProps) {
    const contentSecurityPolicy = [
      "default-src 'none'",
      "script-src 'self'",
      inlineStyles === true ? "style-src 'self' 'unsafe-inline'" : "style-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      ['connect-src', "'self'", ...connectTo].join(' '),
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; ')
    super(scope, id, {
      responseHeadersPolicyName: Lazy.string({ produce: () => globalName(this, { maxLength: 128 }) }),
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy, override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: true, override: true },
      },
      customHeadersBehavior: {
        customHeaders: [
          { header: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=()', override: true },
          { header: 'Cross-Origin-Opener-Policy', value: 'same-origin', override: true },
        ],
      },
    })
  }
}
