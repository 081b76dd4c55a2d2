import { fileURLToPath } from 'node:url'
import { CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib'
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda'
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs'
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { boundRoles, stackPropsOf } from '../../infra/account-rules.ts'
import { BUNDLING } from '../../infra/constructs/bundling.ts'
import type { StageConfig } from '../../infra/settings/stage-config.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

export interface OrganizationStackProps {
  readonly seed: string
  /** The stage, which decides the account rules for the stack. */
  readonly config: StageConfig
}

/**
 * The simulated organization as a function behind an HTTP API, for a smoke test. It is not a part of the product. Its
 * address is public, as OpenAI's is; without a key derived from the seed it answers 401.
 */
export class OrganizationStack extends Stack {
  constructor(scope: Construct, id: string, { seed, config }: OrganizationStackProps) {
    super(scope, id, { ...stackPropsOf(config), description: 'Rollcall, smoke test: stands in for OpenAI' })
    boundRoles(this, config)
    const logGroup = new LogGroup(this, 'Log', {
      retention: RetentionDays.ONE_DAY,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })
    logGroup.grantWrite(role)
    const target = new NodejsFunction(this, 'Function', {
      entry: `${ROOT}tools/smoke/organization/handler.ts`,
      projectRoot: ROOT,
      depsLockFilePath: `${ROOT}package-lock.json`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: Duration.seconds(29),
      memorySize: 512,
      role,
      logGroup,
      environment: { SEED: seed },
      awsSdkConnectionReuse: false,
      bundling: { target: BUNDLING.target, minify: BUNDLING.minify, format: OutputFormat.CJS },
    })
    const api = new HttpApi(this, 'Api', { defaultIntegration: new HttpLambdaIntegration('Integration', target) })
    new CfnOutput(this, 'OrganizationUrl', { value: api.apiEndpoint })
  }
}
