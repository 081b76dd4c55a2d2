import { Fn, RemovalPolicy, Stack } from 'aws-cdk-lib'
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  PriceClass,
  S3OriginAccessControl,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront'
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3'
import type { RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import type { DashboardConfig, DashboardSignIn } from '../../shared/contracts/dashboard-config.ts'
import { acknowledge } from './acknowledge.ts'
import type { CustomerKey } from './customer-key.ts'
import { globalName } from './global-name.ts'
import { API_PATH, type HttpApi } from './http-api.ts'
import { SecurityHeaders } from './security-headers.ts'
import { SiteDeployment } from './site-deployment.ts'

/** Pages that the dashboard makes in the browser have addresses without an ending, and are all served by one file. */
const TO_INDEX = `function handler(event) {
  var request = event.request
  var name = request.uri.split('/').pop()
  if (request.uri === '/docs/') request.uri = '/docs/index.html'
  else if (name.indexOf('.') < 0) request.uri = '/index.html'
  return request
}
`

/** CDK's `Bucket` does not fit its own `IBucket` under `exactOptionalPropertyTypes`: this getter may give undefined there. */
class PrivateBucket extends Bucket {
  override get isWebsite(): boolean {
    return false
  }
}

export interface DashboardSiteProps {
  readonly httpApi: HttpApi
  /** Origins beside its own that the page may call: where people sign in. */
  readonly signInOrigins: readonly string[]
}

/**
 * The dashboard and the API on one origin, so that no other origin needs to be let in: files from a private bucket, and
 * `/v1/*` from the HTTP API, which decides about every call itself.
 */
export class DashboardSite extends Construct {
  readonly distribution: Distribution
  /** `https://…`, without a slash at the end. */
  readonly url: string
  private readonly bucket: PrivateBucket

  constructor(scope: Construct, id: string, { httpApi, signInOrigins }: DashboardSiteProps) {
    super(scope, id)
    this.bucket = new PrivateBucket(this, 'Files', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      // Not the customer’s key: the files are public, and the key’s policy would have to let CloudFront in.
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      // The files come from the repository; the deployment takes them out again when the stack goes.
      removalPolicy: RemovalPolicy.DESTROY,
    })
    const files = {
      origin: S3BucketOrigin.withOriginAccessControl(this.bucket, {
        originAccessControl: new S3OriginAccessControl(this, 'FilesAccess', {
          originAccessControlName: globalName(this, { maxLength: 64 }),
        }),
      }),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      functionAssociations: [{ eventType: FunctionEventType.VIEWER_REQUEST, function: this.toIndex() }],
    }
    const headers = new SecurityHeaders(this, 'Headers', { connectTo: signInOrigins })
    this.distribution = new Distribution(this, 'Site', {
      comment: 'Rollcall',
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      defaultBehavior: { ...files, responseHeadersPolicy: headers },
      additionalBehaviors: {
        // The page that describes the API styles its elements in line.
        '/docs/*': {
          ...files,
          responseHeadersPolicy: new SecurityHeaders(this, 'DocsHeaders', { connectTo: [], inlineStyles: true }),
        },
        [`${API_PATH}/*`]: {
          origin: new HttpOrigin(Fn.select(2, Fn.split('/', httpApi.api.apiEndpoint)), {
            protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
          }),
          viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
          allowedMethods: AllowedMethods.ALLOW_ALL,
          cachePolicy: CachePolicy.CACHING_DISABLED,
          // Passes the Authorization header and the query on, as only such a policy does.
          originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
          responseHeadersPolicy: headers,
        },
      },
    })
    acknowledge(this.bucket, 'S1', 'It holds the dashboard’s files, which are public; only CloudFront reads it.')
    this.acknowledgeDistribution()
    this.url = `https://${this.distribution.distributionDomainName}`
  }

  /** Deploys the folders' files, and `config.json`, from which the dashboard learns how to sign in. */
  publish(options: {
    readonly folders: readonly string[]
    readonly signIn: DashboardSignIn | undefined
    readonly logRetention: RetentionDays
    readonly customerKey: CustomerKey | undefined
  }): void {
    const { folders, signIn = null, logRetention, customerKey } = options
    const config: DashboardConfig = { signIn }
    new SiteDeployment(this, 'Deployment', {
      bucket: this.bucket,
      folders,
      texts: { 'config.json': Stack.of(this).toJsonString(config) },
      logRetention,
      customerKey,
    })
  }

  private toIndex(): EdgeFunction {
    return new EdgeFunction(this, 'ToIndex', {
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(TO_INDEX),
      comment: 'Serves the pages that the dashboard makes in the browser',
    })
  }

  private acknowledgeDistribution(): void {
    const { distribution } = this
    acknowledge(distribution, 'CFR1', 'Where the people of a company are is its own affair.')
    acknowledge(distribution, 'CFR2', 'The API lets nobody in without a token, and throttles; the files are public.')
    acknowledge(
      distribution,
      'CFR3',
      'Its log would hold addresses and queries, and queries hold names. API Gateway logs calls without.',
    )
    acknowledge(
      distribution,
      'CFR4',
      'CloudFront’s own certificate does not let its oldest protocol be chosen; a domain of one’s own does.',
    )
  }
}
