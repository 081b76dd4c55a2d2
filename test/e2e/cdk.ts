import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AccountOptions } from './account-options.ts'
import { E2E_REGION, E2E_STACK } from './deployment-names.ts'
import { emulatorEnvironment } from './ministack.ts'
import type { Bench } from './step.ts'

const PROJECT = fileURLToPath(new URL('../../', import.meta.url))
const CDK = join(PROJECT, 'node_modules/.bin/cdk')
const APP = ['--app', `${process.execPath} test/e2e/app.ts`]
const DEPLOYING = ['--require-approval', 'never', '--method=direct']
/** MiniStack's account. */
const ACCOUNT = '000000000000'

/** What `cdk` is run with. */
export interface CdkOptions {
  readonly emulatorUrl: string
  readonly issuer: string
  readonly openAiBaseUrl: string
  readonly anthropicBaseUrl: string
  readonly account: AccountOptions
}

/** What the stack is deployed with first. */
const SCHEDULE = 'rate(1 minute)'

/** The real command line of CDK, with the app of the run. Each gives what it printed. */
export class Cdk {
  private readonly bench: Bench
  private readonly options: CdkOptions

  constructor(bench: Bench, options: CdkOptions) {
    this.bench = bench
    this.options = options
  }

  /** Synthesizes a stage of Rollcall's own app into a folder. */
  synthStage(stage: string, output: string): Promise<string> {
    return this.run(['synth', '--quiet', '--output', output, '--context', `stage=${stage}`])
  }

  /** Synthesizes the whole stack into a folder: nothing left out. */
  synth(output: string): Promise<string> {
    return this.run(['synth', '--quiet', '--output', output, ...APP])
  }

  /** Synthesizes the stack of the tests with every option switched on into a folder. */
  synthEverything(output: string): Promise<string> {
    return this.run(['synth', '--quiet', '--output', output, '--app', `${process.execPath} test/e2e/everything-app.ts`])
  }

  /** Makes the account ready for CDK. */
  bootstrap(): Promise<string> {
    // In a folder without an app: none is needed, and none is synthesized.
    return this.run(['bootstrap', `aws://${ACCOUNT}/${E2E_REGION}`], { folder: this.bench.folder })
  }

  /** Deploys what `synth` has written into a folder, and writes the outputs of the stack into a file. */
  deploySynthesized(synthesized: string, outputsFile: string): Promise<string> {
    return this.run(['deploy', E2E_STACK, '--app', synthesized, ...DEPLOYING, '--outputs-file', outputsFile])
  }

  /** Synthesizes and deploys the stack, and writes its outputs into a file; with another schedule if one is given. */
  deploy(outputsFile: string, schedule = SCHEDULE): Promise<string> {
    const where = ['--outputs-file', outputsFile, '--output', join(this.bench.folder, 'cdk.out')]
    return this.run(['deploy', E2E_STACK, ...APP, ...DEPLOYING, ...where], { schedule })
  }

  /** What deploying the stack with a schedule would change of the template that is deployed. */
  diff(schedule: string): Promise<string> {
    const how = ['--method=template', '--output', join(this.bench.folder, 'cdk.diff')]
    return this.run(['diff', E2E_STACK, ...APP, ...how], { schedule })
  }

  private async run(
    args: readonly string[],
    { folder = PROJECT, schedule = SCHEDULE }: { folder?: string; schedule?: string } = {},
  ): Promise<string> {
    const { emulatorUrl, issuer, openAiBaseUrl, anthropicBaseUrl, account } = this.options
    const { text } = await this.bench.processes.run({
      command: CDK,
      args: [...args, '--ci'],
      folder,
      environment: {
        ...emulatorEnvironment(this.bench, emulatorUrl),
        E2E_ISSUER: issuer,
        E2E_OPENAI_BASE_URL: openAiBaseUrl,
        E2E_ANTHROPIC_BASE_URL: anthropicBaseUrl,
        E2E_SCHEDULE: schedule,
        E2E_KMS_KEY: account.kmsKeyArn,
        E2E_PERMISSIONS_BOUNDARY: account.permissionsBoundaryArn,
      },
    })
    return text
  }
}
