import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib'
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway'
import {
  ApiMapping,
  HttpApi as AwsHttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import packageJson from '../../package.json' with { type: 'json' }
import type { CleanUpEvent } from '../../functions/api/integrations/clean-up.ts'
import type { ClaimPath } from '../../shared/domain/role.ts'
import type { FindingThresholds } from '../../shared/domain/finding.ts'
import type { Operation } from '../../shared/contracts/operation.ts'
import { operations } from '../../shared/contracts/operations.ts'
import type { Schedule } from '../../shared/schedules/schedule.ts'
import type { RoleConfig } from '../settings/stage-config.ts'
import { acknowledge } from './acknowledge.ts'
import type { AdminKeys } from './admin-keys.ts'
import type { CustomerKey } from './customer-key.ts'
import type { FailedRuns } from './monitoring/failed-runs.ts'
import type { OwnDomain } from './site/own-domain.ts'
import { RollcallFunction } from './rollcall-function.ts'
import type { SigningKey } from './signing-key.ts'
import type { Storage } from './storage.ts'
import type { SyncPipeline } from './sync/sync-pipeline.ts'
import { Schedules } from './sync/schedules.ts'

/** The path prefix of the whole API. The dashboard's site forwards it. */
export const API_PATH = '/v1'

/**
 * The fields of the access log. It has no path and no query, since both can contain names, and no address, token or
 * subject. The api function's own log has the route template; the request id joins the two.
 */
const ACCESS_LOG = {
  requestId: '$context.requestId',
  requestTime: '$context.requestTime',
  httpMethod: '$context.httpMethod',
  routeKey: '$context.routeKey',
  status: '$context.status',
  responseLatencyMs: '$context.responseLatency',
  integrationLatencyMs: '$context.integrationLatency',
  responseLength: '$context.responseLength',
  error: '$context.error.responseType',
  authorizerError: '$context.authorizer.error',
}

export interface HttpApiProps {
  /** The table, which the function may read and write. */
  readonly storage: Storage
  /** The Admin keys, which the function may create, replace and destroy but not read. */
  readonly adminKeys: AdminKeys
  /** The pipeline to whose queue the function sends messages. */
  readonly syncPipeline: SyncPipeline
  /** The deployment's schedules, which integrations choose from. */
  readonly schedules: readonly Schedule[]
  /** Limits for the whole API, all callers together. */
  readonly throttle: { readonly requestsPerSecond: number; readonly burst: number }
  /** Base URLs of providers' APIs, by provider id, for key checks. Default: each provider's own address. */
  readonly providerBaseUrls: Readonly<Record<string, string>>
  /** The optional data sets that syncs read. Keys are checked for these. */
  readonly optionalDataSets: readonly string[]
  /** From which age or amount on there is a finding. */
  readonly findingThresholds: FindingThresholds
  /** Signs completed reviews. */
  readonly signingKey: SigningKey
  /** How many days completed reviews are kept. */
  readonly keepReviewsDays: number
  /** How long log entries are kept. */
  readonly logRetention: RetentionDays
  /** Receives clean-up runs that could not be started or failed every time. */
  readonly failedRuns: FailedRuns
  /** Encrypts the logs. Default: AWS's own key. */
  readonly customerKey: CustomerKey | undefined
  /**
   * The company's own domain names. With one, the generated execute-api endpoint is closed. Default: the generated
   * endpoint.
   */
  readonly ownDomain: OwnDomain | undefined
}

/** Which tokens the API accepts, and which claims in them grant a role. */
export interface TokenRules {
  /** The `iss` of accepted tokens. */
  readonly issuer: string
  /** The accepted values of `aud` or `client_id`. */
  readonly audiences: readonly string[]
  /** The claim that contains a person's address. */
  readonly emailClaim: ClaimPath
  /** Rules that grant roles. A caller gets the highest role that any rule grants. */
  readonly roles: readonly RoleConfig[]
}

/** The HTTP API and its function. It has no routes until `openTo` is called with the token rules. */
export class HttpApi extends Construct {
  readonly api: AwsHttpApi
  readonly function: RollcallFunction
  /** The base URL for CloudFront and scripts: `https://…`, without a trailing slash. */
  readonly url: string

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    super(scope, id)
    const { storage, adminKeys, syncPipeline, logRetention, failedRuns, customerKey, ownDomain } = props
    this.function = new RollcallFunction(this, 'Function', {
      folder: 'api',
      description: 'Rollcall: answers the HTTP API and runs the hourly clean-up',
      // API Gateway waits up to 30 s; a key check can take 15 s.
      timeout: Duration.seconds(29),
      // docs/performance.md: answers about 10,000 members need about 110 MB beyond idle Node, about 50,000 members 250
      // MB. With the heap that comes with 1,024 MB they use 150 MB and 400 MB. `SnapshotCache` bounds how many
      // snapshots stay in memory. The rest buys CPU, which the first list after a new sync needs.
      memoryMb: 1024,
      failedRuns,
      logRetention,
      customerKey,
    })
    storage.allowItems(this.function)
    adminKeys.allowWriting(this.function)
    syncPipeline.allowSending(this.function)
    props.signingKey.allowSigning(this.function)
    this.function.set('VERSION', packageJson.version)
    this.function.set('PROVIDER_BASE_URLS', JSON.stringify(props.providerBaseUrls))
    this.function.set('OPTIONAL_DATA_SETS', JSON.stringify(props.optionalDataSets))
    this.function.set('FINDING_THRESHOLDS', JSON.stringify(props.findingThresholds))
    this.function.set('KEEP_REVIEWS_DAYS', `${props.keepReviewsDays}`)
    this.function.set('SCHEDULES', JSON.stringify(props.schedules))

    this.api = new AwsHttpApi(this, 'Http', {
      apiName: Stack.of(this).stackName,
      createDefaultStage: false,
      description: 'Rollcall',
      ...(ownDomain !== undefined && { disableExecuteApiEndpoint: true }),
    })
    this.url = ownDomain === undefined ? this.api.apiEndpoint : `https://${ownDomain.apiName}`
    const stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: props.throttle.requestsPerSecond, burstLimit: props.throttle.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(this.accessLog(props)),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
      },
    })
    if (ownDomain !== undefined) {
      new ApiMapping(this, 'Mapping', { api: this.api, domainName: ownDomain.apiDomain, stage })
    }
    const event: CleanUpEvent = { cleanUp: true }
    new Schedules(this, 'CleanUp', { target: this.function, failedRuns }).add({
      name: 'clean-up',
      expression: 'rate(1 hour)',
      timeZone: 'UTC',
      event,
      maxEventAge: Duration.hours(1),
    })
  }

  /**
   * The log group needs this prefix: every other log group that an API writes to is added to a resource policy of the
   * account, which is limited to 5,120 characters. The name contains the stack's name and changes with the construct's
   * path, so a replacement does not collide with the old group.
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-CWL.html
   */
  private accessLog({ logRetention, customerKey }: HttpApiProps): LogGroup {
    return new LogGroup(this, 'AccessLog', {
      logGroupName: `/aws/vendedlogs/${Stack.of(this).stackName}/access-${this.node.addr.slice(-8)}`,
      retention: logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
      ...(customerKey !== undefined && { encryptionKey: customerKey.key }),
    })
  }

  /**
   * Adds the routes. API Gateway refuses every call without a valid token, except for operations that are open to
   * everybody.
   */
  openTo({ issuer, audiences, emailClaim, roles }: TokenRules): void {
    this.function.set('ROLE_RULES', JSON.stringify(roles))
    this.function.set('EMAIL_CLAIM', JSON.stringify(emailClaim))
    const integration = new HttpLambdaIntegration('Integration', this.function, { scopePermissionToRoute: false })
    const authorizer = new HttpJwtAuthorizer('Jwt', issuer, { jwtAudience: [...audiences] })
    this.api.addRoutes({ path: `${API_PATH}/{proxy+}`, methods: [HttpMethod.ANY], integration, authorizer })
    for (const operation of Object.values<Operation>(operations)) {
      if (operation.role !== 'none') continue
      const routes = this.api.addRoutes({ path: operation.path, methods: [HttpMethod[operation.method]], integration })
      for (const route of routes) acknowledge(route, 'APIG4', 'Open to everybody: it only reveals that the API exists.')
    }
  }
}
