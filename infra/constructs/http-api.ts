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
import type { CleanUpEvent } from '../../functions/api/integrations/clean-up-event.ts'
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
import type { Storage } from './storage.ts'
import type { SyncPipeline } from './sync/sync-pipeline.ts'
import { Schedules } from './sync/schedules.ts'

/** Where all of the API is. The dashboard's site forwards what is under it. */
export const API_PATH = '/v1'

/**
 * What is logged of a call. No path and no query, since both can hold names; nobody's address, token or subject. The
 * api's own log, found by the request id, knows the route's template.
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
  readonly storage: Storage
  readonly adminKeys: AdminKeys
  readonly syncPipeline: SyncPipeline
  readonly schedules: readonly Schedule[]
  readonly throttle: { readonly requestsPerSecond: number; readonly burst: number }
  readonly providerBaseUrls: Readonly<Record<string, string>>
  readonly logRetention: RetentionDays
  readonly failedRuns: FailedRuns
  readonly customerKey: CustomerKey | undefined
  /** With a name of its own, the API has no other. */
  readonly ownDomain: OwnDomain | undefined
}

/** What the API is to believe: tokens of this issuer for these audiences, and what in them makes a role. */
export interface TokenRules {
  readonly issuer: string
  readonly audiences: readonly string[]
  readonly roles: readonly RoleConfig[]
}

/** The HTTP API and its function. Nothing of it answers until `openTo` says whose tokens are good. */
export class HttpApi extends Construct {
  readonly api: AwsHttpApi
  readonly function: RollcallFunction
  /** `https://…` where CloudFront and scripts reach it, without a slash at the end. */
  readonly url: string

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    super(scope, id)
    const { storage, adminKeys, syncPipeline, logRetention, failedRuns, customerKey, ownDomain } = props
    this.function = new RollcallFunction(this, 'Function', {
      folder: 'api',
      description: 'Rollcall: answers the HTTP API, and cleans up every hour',
      // API Gateway waits for 30 s; a key check may take 15 s.
      timeout: Duration.seconds(29),
      // docs/performance.md: answers about 10,000 members need some 110 MB beyond idle Node, about 50,000 some 250, and take
      // 150 and 400 with the heap that comes with 1,024; `SnapshotCache` bounds how many snapshots are kept. The rest is
      // CPU, which the first list after a new sync takes.
      memoryMb: 1024,
      failedRuns,
      logRetention,
      customerKey,
    })
    storage.allowItems(this.function)
    adminKeys.allowWriting(this.function)
    syncPipeline.allowSending(this.function)
    this.function.set('VERSION', packageJson.version)
    this.function.set('PROVIDER_BASE_URLS', JSON.stringify(props.providerBaseUrls))
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
   * Under this prefix, since every other log group that an API writes to is added to a resource policy of the account that
   * has 5,120 characters. The name is the stack’s own; it changes with the construct’s path, so that a successor does not
   * find it taken.
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

  /** Adds the routes. API Gateway refuses every call without a good token, but for the operations that are open to all. */
  openTo({ issuer, audiences, roles }: TokenRules): void {
    this.function.set('ROLE_RULES', JSON.stringify(roles))
    const integration = new HttpLambdaIntegration('Integration', this.function, { scopePermissionToRoute: false })
    const authorizer = new HttpJwtAuthorizer('Jwt', issuer, { jwtAudience: [...audiences] })
    this.api.addRoutes({ path: `${API_PATH}/{proxy+}`, methods: [HttpMethod.ANY], integration, authorizer })
    for (const operation of Object.values<Operation>(operations)) {
      if (operation.role !== 'none') continue
      const routes = this.api.addRoutes({ path: operation.path, methods: [HttpMethod[operation.method]], integration })
      for (const route of routes)
        acknowledge(route, 'APIG4', 'Open to all: it tells nothing but that the API is there.')
    }
  }
}
