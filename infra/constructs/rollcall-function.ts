import { fileURLToPath } from 'node:url'
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Architecture, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda'
import { LogLevel, NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs'
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import type { EnvironmentVariable } from '../../shared/aws/environment.ts'
import { ConfigError } from '../settings/check-config.ts'
import { acknowledgeWildcard } from './acknowledge.ts'
import { BUNDLING } from './bundling.ts'
import type { CustomerKey, KeyUse } from './customer-key.ts'
import type { FailedRuns } from './monitoring/failed-runs.ts'
import { largeEnvironment } from './function-environment.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export interface RollcallFunctionProps {
  /** The folder under `functions/` that contains the function's `handler.ts`. */
  readonly folder: string
  /** Shown in the Lambda console. */
  readonly description: string
  /** The longest an invocation may take. */
  readonly timeout: Duration
  /** CPU and network grow with memory: one vCPU at 1,769 MB. */
  readonly memoryMb: number
  /** How long log entries are kept. */
  readonly logRetention: RetentionDays
  /** Encrypts the log. Default: AWS's own key. */
  readonly customerKey: CustomerKey | undefined
  /** How often Lambda retries an asynchronous invocation. Default: 2, as Lambda does. */
  readonly retryAttempts?: number
  /** Receives events of asynchronous invocations that failed on every try. Default: they are dropped. */
  readonly failedRuns?: FailedRuns
}

/**
 * A Lambda function of Rollcall: Node 24 on arm64, bundled into one minified CommonJS file with a source map. The
 * bundle includes the AWS SDK, so the tested version is the one that runs. The function's role may write its own log
 * and traces, plus what constructs grant.
 */
export class RollcallFunction extends NodejsFunction {
  private readonly folder: string
  private readonly variables = new Map<EnvironmentVariable, string>()

  constructor(scope: Construct, id: string, props: RollcallFunctionProps) {
    const logGroup = new LogGroup(scope, `${id}Log`, {
      retention: props.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
      ...(props.customerKey !== undefined && { encryptionKey: props.customerKey.key }),
    })
    // Replaces AWS's managed policy for functions, which may write every log of the account.
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
      ...(props.failedRuns !== undefined && { deadLetterQueue: props.failedRuns.queue }),
      // A variable of the SDK for connection reuse. CDK sets it only for old SDK versions.
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
    this.folder = props.folder
    if (props.failedRuns !== undefined) this.allowKey(props.failedRuns.customerKey, 'sendMessages')
    this.set('DEPLOYMENT', Stack.of(this).stackName)
    acknowledgeWildcard(role, '*', 'X-Ray supports no resources: traces can only be allowed on “*”.')
  }

  /** Sets an environment variable. The function's code reads it by the same name. */
  set(variable: EnvironmentVariable, value: string): void {
    this.variables.set(variable, value)
    this.addEnvironment(variable, value)
  }

  /**
   * Throws `ConfigError` when the variables are larger than Lambda accepts. The message begins with `where`, the place
   * of the configuration.
   */
  checkEnvironment(where: string): void {
    const large = largeEnvironment(this.variables)
    if (large === undefined) return
    const fields = large.fields.map(({ field, bytes }) => `${field} ${bytes}`).join(', ')
    const [{ field } = { field: 'tags' }] = large.fields
    throw new ConfigError(
      `${where}.${field}: the environment of the ${this.folder} function would have ${large.bytes} bytes, and Lambda accepts ${large.limitBytes}: shorten these (${fields})`,
    )
  }

  /** Allows the function a use of the customer's key, if there is one. */
  allowKey(customerKey: CustomerKey | undefined, use: KeyUse): void {
    if (customerKey !== undefined) this.addToRolePolicy(customerKey.statement(use))
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
