import { Duration, Fn, RemovalPolicy } from 'aws-cdk-lib'
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
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront'
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3'
import { BucketDeployment, CacheControl, type ISource, Source } from 'aws-cdk-lib/aws-s3-deployment'
import { Construct } from 'constructs'
import { acknowledge, acknowledgeWildcard } from './acknowledge.ts'
import { API_PATH, type HttpApi } from './http-api.ts'
import { SecurityHeaders } from './security-headers.ts'
import type { DashboardClient } from './sign-in.ts'

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
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      // The files come from the repository; the deployment takes them out again when the stack goes.
      removalPolicy: RemovalPolicy.DESTROY,
    })
    const files = {
      origin: S3BucketOrigin.withOriginAccessControl(this.bucket),
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

  /** Deploys the folder's files, and `config.json`, from which the dashboard learns how to sign in. */
  publish(options: { readonly folders: readonly string[]; readonly signIn: DashboardClient | undefined }): void {
    const config = { apiPath: API_PATH, signIn: options.signIn ?? null }
    const assetBuckets = new Set<string>()
    const sources = [...options.folders.map((folder) => Source.asset(folder)), Source.jsonData('config.json', config)]
    const deployment = new BucketDeployment(this, 'Deployment', {
      destinationBucket: this.bucket,
      sources: sources.map((source) => noting(source, assetBuckets)),
      // CloudFront and browsers ask whether a file has changed, so nothing needs to be invalidated.
      cacheControl: [CacheControl.setPublic(), CacheControl.maxAge(Duration.seconds(0)), CacheControl.mustRevalidate()],
      retainOnDelete: false,
      memoryLimit: 256,
    })
    this.acknowledgeDeployment(deployment, assetBuckets)
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

  /** CDK's own function: what it may do is CDK's choice. Its findings are named one by one, so that a new one shows. */
  private acknowledgeDeployment({ handlerRole }: BucketDeployment, assetBuckets: Iterable<string>): void {
    const reason = 'CDK’s own deployment function: it copies from CDK’s assets to this bucket, while deploying only.'
    const handler = handlerRole.node.scope ?? handlerRole
    acknowledge(handler, 'L1', reason)
    acknowledge(
      handler,
      'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
      reason,
    )
    for (const action of ['GetObject*', 'GetBucket*', 'List*', 'DeleteObject*', 'Abort*']) {
      acknowledge(handler, `IAM5[Action::s3:${action}]`, reason)
    }
    for (const arn of [this.bucket.bucketArn, ...assetBuckets]) acknowledgeWildcard(handler, `${arn}/*`, reason)
  }
}

/** Notes which of CDK's buckets a source is copied from. */
function noting(source: ISource, bucketArns: Set<string>): ISource {
  return {
    bind: (scope, context) => {
      const config = source.bind(scope, context)
      bucketArns.add(config.bucket.bucketArn)
      return config
    },
  }
}
