import { fileURLToPath } from 'node:url'
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Architecture, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda'
import { LogLevel, NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs'
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import type { EnvironmentVariable } from '../../shared/aws/environment.ts'
import { acknowledgeWildcard } from './acknowledge.ts'
import { BUNDLING } from './bundling.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export interface RollcallFunctionProps {
  /** The folder under `functions/` whose `handler.ts` runs. */
  readonly folder: string
  readonly description: string
  readonly timeout: Duration
  /** With it come CPU and network: a vCPU at 1,769 MB. */
  readonly memoryMb: number
  readonly logRetention: RetentionDays
  /** How often Lambda tries again what nobody waits for. */
  readonly retryAttempts?: number
}

/**
 * One of our functions: Node 24 on arm64, one minified CommonJS file with its source map, AWS SDK included, so that what was
 * tested is what runs. Its role may write its own log and traces, and what constructs grant beside that.
 */
export class RollcallFunction extends NodejsFunction {
  constructor(scope: Construct, id: string, props: RollcallFunctionProps) {
    const logGroup = new LogGroup(scope, `${id}Log`, {
      retention: props.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    // Not AWS's managed policy for functions: that one may write every log of the account.
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })
    logGroup.grantWrite(role)
    super(scope, id, {
      entry: `${ROOT}functions/${props.folder}/handler.ts`,
      projectRoot: ROOT,
      depsLockFilePath: `${ROOT}package-lock.json`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      description: props.description,
      timeout: props.timeout,
      memorySize: props.memoryMb,
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
      ...(props.retryAttempts !== undefined && { retryAttempts: props.retryAttempts }),
      // The SDK's own variable, for connections; CDK sets it only for old versions.
      awsSdkConnectionReuse: false,
      bundling: {
        target: BUNDLING.target,
        minify: BUNDLING.minify,
        sourceMap: BUNDLING.sourcemap,
        sourcesContent: BUNDLING.sourcesContent,
        mainFields: BUNDLING.mainFields,
        format: OutputFormat.CJS,
        bundleAwsSDK: true,
        logLevel: LogLevel.WARNING,
      },
    })
    this.set('DEPLOYMENT', Stack.of(this).stackName)
    acknowledgeWildcard(role, '*', 'X-Ray takes no resource: traces may be put on “*” or not at all.')
  }

  /** Sets a variable of the environment that the function's code knows by the same name. */
  set(variable: EnvironmentVariable, value: string): void {
    this.addEnvironment(variable, value)
  }

  /** Allows the function these actions on these resources. */
  allow(
    actions: readonly string[],
    resources: readonly string[],
    conditions?: Record<string, Record<string, unknown>>,
  ): void {
    this.addToRolePolicy(
      new PolicyStatement({
        actions: [...actions],
        resources: [...resources],
        ...(conditions !== undefined && { conditions }),
      }),
    )
  }
}
