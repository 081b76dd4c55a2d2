import { fileURLToPath } from 'node:url'
import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda'
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs'
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { BUNDLING } from '../constructs/bundling.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

export interface OrganizationStackProps extends StackProps {
  readonly seed: string
}

/**
 * The simulated organization as a function behind an HTTP API, for a smoke test. Not a part of the product. Its address is open
 * to all, as OpenAI's is: without a key that is made of the seed, it answers 401.
 */
export class OrganizationStack extends Stack {
  constructor(scope: Construct, id: string, { seed, ...props }: OrganizationStackProps) {
    super(scope, id, { description: 'Rollcall, smoke test: stands in for OpenAI', ...props })
    const logGroup = new LogGroup(this, 'Log', {
      retention: RetentionDays.ONE_DAY,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })
    logGroup.grantWrite(role)
    const target = new NodejsFunction(this, 'Function', {
      entry: `${ROOT}infra/smoke/organization/handler.ts`,
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
