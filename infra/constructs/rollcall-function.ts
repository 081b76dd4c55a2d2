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
  /** The folder under `functions/` whose `handler.ts` runs. */
  readonly folder: string
  readonly description: string
  readonly timeout: Duration
  /** With it come CPU and network: a vCPU at 1,769 MB. */
  readonly memoryMb: number
  readonly logRetention: RetentionDays
  readonly customerKey: CustomerKey | undefined
  /** How often Lambda tries again what nobody waits for. */
  readonly retryAttempts?: number
  /** Gets the events that nobody waits for and that failed each time. */
  readonly failedRuns?: FailedRuns
}

/**
 * One of our functions: Node 24 on arm64, one minified CommonJS file with its source map, AWS SDK included, so that what was
 * tested is what runs. Its role may write its own log and traces, and what constructs grant beside that.
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
      ...(props.failedRuns !== undefined && { deadLetterQueue: props.failedRuns.queue }),
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
    this.folder = props.folder
    if (props.failedRuns !== undefined) this.allowKey(props.failedRuns.customerKey, 'sendMessages')
    this.set('DEPLOYMENT', Stack.of(this).stackName)
    acknowledgeWildcard(role, '*', 'X-Ray takes no resource: traces may be put on “*” or not at all.')
  }

  /** Sets a variable of the environment that the function's code knows by the same name. */
  set(variable: EnvironmentVariable, value: string): void {
    this.variables.set(variable, value)
    this.addEnvironment(variable, value)
  }

  /** Throws `ConfigError` when what was set is more than Lambda takes. `where` the configuration stands begins the message. */
  checkEnvironment(where: string): void {
    const large = largeEnvironment(this.variables)
    if (large === undefined) return
    const fields = large.fields.map(({ field, bytes }) => `${field} ${bytes}`).join(', ')
    const [{ field } = { field: 'tags' }] = large.fields
    throw new ConfigError(
      `${where}.${field}: the environment of the ${this.folder} function would have ${large.bytes} bytes, and Lambda takes ${large.limitBytes}: shorten these (${fields})`,
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
