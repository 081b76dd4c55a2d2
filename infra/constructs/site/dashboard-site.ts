import { Duration, Fn, Stack } from 'aws-cdk-lib'
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  type FunctionAssociation,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  PriceClass,
  S3OriginAccessControl,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront'
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import type { RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import type { DashboardConfig, DashboardSignIn } from '../../../shared/contracts/dashboard-config.ts'
import { apiCode, filesCode } from '../../site/edge-code.ts'
import { rangesOf } from '../../settings/site-schema.ts'
import type { StageConfig } from '../../settings/stage-config.ts'
import { acknowledge } from '../acknowledge.ts'
import type { CustomerKey } from '../customer-key.ts'
import { globalName } from '../global-name.ts'
import { API_PATH, type HttpApi } from '../http-api.ts'
import type { OriginSecret } from './origin-secret.ts'
import type { OwnDomain } from './own-domain.ts'
import { SecurityHeaders } from './security-headers.ts'
import { SiteBucket } from './site-bucket.ts'
import { SiteDeployment } from './site-deployment.ts'

/**
 * Every status code that CloudFront would cache for ten seconds, for all users. For most of them it ignores the API's
 * `no-store`.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/custom-error-pages-expiration.html
 */
const NEVER_CACHED = [400, 403, 404, 405, 414, 500, 501, 502, 503, 504]

export interface DashboardSiteProps extends Pick<StageConfig, 'access' | 'priceClass'> {
  /** The API that the site forwards `/v1/*` to. */
  readonly httpApi: HttpApi
  /** Origins besides its own that the page may call, for sign-in. */
  readonly signInOrigins: readonly string[]
  /** The company's own domain names. Default: CloudFront's generated name. */
  readonly ownDomain: OwnDomain | undefined
  /** Sent to the API with each call. Default: none, and the API also accepts calls that bypass CloudFront. */
  readonly originSecret: OriginSecret | undefined
}

/**
 * The dashboard and the API on one origin, so no CORS is needed: files from a private bucket, and `/v1/*` from the HTTP
 * API, which authorizes every call itself.
 */
export class DashboardSite extends Construct {
  readonly distribution: Distribution
  /** `https://…`, without a trailing slash. */
  readonly url: string
  private readonly bucket: SiteBucket
  private readonly allowedRanges: readonly string[] | undefined

  constructor(scope: Construct, id: string, props: DashboardSiteProps) {
    super(scope, id)
    const { access, priceClass, ownDomain } = props
    this.bucket = new SiteBucket(this, 'Files')
    this.allowedRanges = access?.allowedAddresses === undefined ? undefined : rangesOf(access.allowedAddresses)
    const files = this.filesBehavior()
    const headers = new SecurityHeaders(this, 'Headers', { connectTo: props.signInOrigins })
    this.distribution = new Distribution(this, 'Site', {
      comment: 'Rollcall',
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: Object.values(PriceClass).find((each) => each === priceClass) ?? PriceClass.PRICE_CLASS_100,
      errorResponses: NEVER_CACHED.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
      ...(access?.webAclArn !== undefined && { webAclId: access.webAclArn }),
      ...(ownDomain !== undefined && {
        domainNames: [ownDomain.siteName],
        certificate: ownDomain.siteCertificate,
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2025,
      }),
      defaultBehavior: { ...files, responseHeadersPolicy: headers },
      additionalBehaviors: {
        // The page that describes the API uses inline styles.
        '/docs/*': {
          ...files,
          responseHeadersPolicy: new SecurityHeaders(this, 'DocsHeaders', { connectTo: [], inlineStyles: true }),
        },
        [`${API_PATH}/*`]: { ...this.apiBehavior(props), responseHeadersPolicy: headers },
      },
    })
    this.acknowledgeDistribution()
    ownDomain?.pointAt(this.distribution)
    this.url = `https://${ownDomain?.siteName ?? this.distribution.distributionDomainName}`
  }

  /** Deploys the folder's files, and `config.json` with the dashboard's sign-in configuration. */
  publish(options: {
    readonly folder: string
    readonly signIn: DashboardSignIn | undefined
    readonly logRetention: RetentionDays
    readonly customerKey: CustomerKey | undefined
  }): void {
    const { folder, signIn = null, logRetention, customerKey } = options
    const config: DashboardConfig = { signIn }
    new SiteDeployment(this, 'Deployment', {
      bucket: this.bucket,
      folder,
      texts: { 'config.json': Stack.of(this).toJsonString(config) },
      logRetention,
      customerKey,
    })
  }

  private filesBehavior(): BehaviorOptions {
    return {
      origin: S3BucketOrigin.withOriginAccessControl(this.bucket, {
        originAccessControl: new S3OriginAccessControl(this, 'FilesAccess', {
          originAccessControlName: globalName(this, { maxLength: 64 }),
        }),
      }),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      functionAssociations: this.before('ToIndex', filesCode(this.allowedRanges), {
        comment: 'Serves the dashboard’s client-side routes',
      }),
    }
  }

  private apiBehavior({ httpApi, originSecret }: DashboardSiteProps): BehaviorOptions {
    return {
      origin: new HttpOrigin(Fn.select(2, Fn.split('/', httpApi.url)), {
        protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
        ...(originSecret !== undefined && { customHeaders: { ...originSecret.headers } }),
      }),
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      // Forwards the Authorization header and the query, which only a policy of this kind does.
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      ...(this.allowedRanges !== undefined && {
        functionAssociations: this.before('AllowedOnly', apiCode(this.allowedRanges), {
          comment: 'Allows API calls from the allowed networks',
        }),
      }),
    }
  }

  /** Code that CloudFront runs before each request, also for cached files. */
  private before(id: string, code: string, { comment }: { readonly comment: string }): FunctionAssociation[] {
    const edgeFunction = new EdgeFunction(this, id, {
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(code),
      comment,
    })
    return [{ eventType: FunctionEventType.VIEWER_REQUEST, function: edgeFunction }]
  }

  private acknowledgeDistribution(): void {
    const { distribution } = this
    acknowledge(distribution, 'CFR1', 'The deployer decides which locations may use it.')
    acknowledge(distribution, 'CFR2', 'The API requires a token and throttles; the files are public.')
    acknowledge(
      distribution,
      'CFR3',
      'Its log would contain addresses and queries, which contain names. API Gateway logs calls without them.',
    )
    acknowledge(
      distribution,
      'CFR4',
      'The minimum protocol cannot be set with CloudFront’s own certificate, only with a custom domain.',
    )
  }
}
