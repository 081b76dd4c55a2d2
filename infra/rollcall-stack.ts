import { Annotations, CfnOutput, RemovalPolicy, Stack, type StackProps, Token } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { boundRoles, stackPropsOf } from './account-rules.ts'
import { unknownRegion } from './settings/account-schema.ts'
import { checkRegion, checkStage, exampleAddresses } from './settings/check-config.ts'
import { AdminKeys } from './constructs/admin-keys.ts'
import { cognitoAddress } from './constructs/sign-in/cognito-address.ts'
import { CognitoSignIn } from './constructs/sign-in/cognito-sign-in.ts'
import { CognitoUserPool } from './constructs/sign-in/cognito-user-pool.ts'
import { CustomerKey } from './constructs/customer-key.ts'
import { DashboardSite } from './constructs/site/dashboard-site.ts'
import { FailedRuns } from './constructs/monitoring/failed-runs.ts'
import { HttpApi } from './constructs/http-api.ts'
import { Monitoring } from './constructs/monitoring/monitoring.ts'
import { OriginSecret } from './constructs/site/origin-secret.ts'
import { OwnDomain } from './constructs/site/own-domain.ts'
import { oidcOrigins, oidcSignIn, type SignIn } from './constructs/sign-in/sign-in.ts'
import { SigningKey } from './constructs/signing-key.ts'
import { Storage } from './constructs/storage.ts'
import { SyncPipeline } from './constructs/sync/sync-pipeline.ts'
import { RUNBOOK_PATH } from './site/operators-pages.ts'
import { thresholdsSchema } from '../shared/findings/thresholds-schema.ts'
import { DEFAULT_DATA_SETS } from '../shared/providers/find-provider.ts'
import { withSiteFolder } from './site/site-folder.ts'
import type { StageConfig } from './settings/stage-config.ts'

export interface RollcallStackProps extends StackProps {
  /** The stage's configuration. `infra/config.ts` contains the one of Rollcall's own app. */
  readonly config: StageConfig
  /** True when the stack is deployed to an AWS emulator, which can reach this machine. Default: false. */
  readonly onEmulator?: true
}

/** Rollcall in one AWS account and region. Throws `ConfigError` when the configuration is invalid. */
export class RollcallStack extends Stack {
  readonly storage: Storage
  readonly syncPipeline: SyncPipeline
  readonly httpApi: HttpApi
  readonly site: DashboardSite
  readonly monitoring: Monitoring

  constructor(scope: Construct, id: string, { config: unchecked, onEmulator, ...stackProps }: RollcallStackProps) {
    const region = knownRegion(stackProps.env?.region)
    checkRegion(region, `${id}.env.region`)
    const config = checkStage(unchecked, `${id}.config`, { onEmulator: onEmulator === true, region })
    super(scope, id, {
      ...stackPropsOf(config),
      terminationProtection: config.removalPolicy === 'retain',
      description:
        'Rollcall: who is in your organizations at AI providers, what seat do they hold, do they use it, and what does it cost?',
      ...stackProps,
      env: { ...stackPropsOf(config).env, ...stackProps.env },
    })
    for (const line of unknownRegion(knownRegion(this.region)))
      Annotations.of(this).addWarningV2('rollcall:unknownRegion', line)
    for (const line of exampleAddresses(config)) Annotations.of(this).addWarningV2('rollcall:exampleAddress', line)
    boundRoles(this, config)
    const { schedules, roles, providerBaseUrls = {}, alarmEmail, alarmTopicArn, kmsKeyArn } = config
    const customerKey = kmsKeyArn === undefined ? undefined : new CustomerKey(this, 'CustomerKey', { arn: kmsKeyArn })
    const removalPolicy = config.removalPolicy === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY
    const storage = new Storage(this, 'Storage', { recoveryDays: config.recoveryDays, removalPolicy, customerKey })
    const adminKeys = new AdminKeys(this, 'AdminKeys', { tags: config.tags, customerKey })
    const failedRuns = new FailedRuns(this, 'FailedRuns', { customerKey })
    const logRetention = config.logRetentionDays
    const { optionalDataSets = DEFAULT_DATA_SETS } = config
    const read = { providerBaseUrls, optionalDataSets }
    const common = { storage, adminKeys, schedules, ...read, logRetention, failedRuns, customerKey }
    const { windowDays, keepRemovedDays, syncsAtOnce } = config
    const syncPipeline = new SyncPipeline(this, 'SyncPipeline', {
      ...common,
      windowDays,
      keepRemovedDays,
      syncsAtOnce,
    })
    const { domain, access, priceClass } = config
    const ownDomain = domain === undefined ? undefined : new OwnDomain(this, 'Domain', domain)
    const httpApi = new HttpApi(this, 'HttpApi', {
      ...common,
      findingThresholds: thresholdsSchema.parse(config.findings ?? {}),
      syncPipeline,
      signingKey: new SigningKey(this, 'SigningKey', { removalPolicy }),
      keepReviewsDays: config.keepReviewsDays,
      throttle: config.throttle,
      ownDomain,
    })
    const originSecret =
      access === undefined
        ? undefined
        : new OriginSecret(this, 'OriginSecret', { version: access.secretVersion, customerKey })
    const site = { httpApi, ownDomain, access, originSecret, priceClass }

    let signIn: SignIn
    if (config.signIn.kind === 'cognito') {
      const cognito = config.signIn
      const { domainPrefix, origins } = cognitoAddress(this, cognito)
      this.site = new DashboardSite(this, 'DashboardSite', { ...site, signInOrigins: origins })
      const dashboardUrl = this.site.url
      const pool = { config: cognito, roles, removalPolicy, domainPrefix, dashboardUrl }
      const userPool = new CognitoUserPool(this, 'UserPool', pool)
      signIn = new CognitoSignIn(this, 'SignIn', { config: cognito, roles, dashboardUrl, userPool })
    } else {
      this.site = new DashboardSite(this, 'DashboardSite', { ...site, signInOrigins: oidcOrigins(config.signIn) })
      signIn = oidcSignIn(config.signIn, roles)
    }
    httpApi.openTo(signIn.tokens)
    originSecret?.requireBy(httpApi.function, this.site.distribution)
    for (const each of [httpApi.function, syncPipeline.sync, syncPipeline.dispatch]) {
      each.checkEnvironment(`${id}.config`)
    }
    withSiteFolder(this, (folder) => {
      this.site.publish({ folder, signIn: signIn.dashboard, logRetention, customerKey })
    })
    const runbookUrl = `${this.site.url}${RUNBOOK_PATH}`
    this.monitoring = new Monitoring(this, 'Monitoring', {
      syncPipeline,
      httpApi,
      schedules,
      runbookUrl,
      failedRuns,
      alarmEmail,
      alarmTopicArn,
      customerKey,
    })

    this.storage = storage
    this.syncPipeline = syncPipeline
    this.httpApi = httpApi
    new CfnOutput(this, 'DashboardUrl', { value: this.site.url })
    // An API that only accepts CloudFront has the dashboard's address for scripts too.
    new CfnOutput(this, 'ApiUrl', { value: originSecret === undefined ? httpApi.url : this.site.url })
    if (ownDomain !== undefined) {
      const { distributionDomainName } = this.site.distribution
      new CfnOutput(this, 'DashboardTarget', {
        value: distributionDomainName,
        description: 'Target of the dashboard’s name',
      })
      const { regionalDomainName } = ownDomain.apiDomain
      new CfnOutput(this, 'ApiTarget', { value: regionalDomainName, description: 'Target of the API’s name' })
    }
    new CfnOutput(this, 'AdminKeyPrefix', { value: adminKeys.prefix, description: 'The Admin keys’ secrets' })
  }
}

/** Undefined if the value is only known during the deployment. */
function knownRegion(region: string | undefined): string | undefined {
  return Token.isUnresolved(region) ? undefined : region
}
