import { parseArgs } from 'node:util'
import { STSClient } from '@aws-sdk/client-sts'
import { checkConfig, chosenStage, ConfigError } from '../../infra/settings/check-config.ts'
import { config } from '../../infra/config.ts'
import { whyNotRegion } from '../../infra/settings/regions.ts'
import { awsAccount } from './aws-account.ts'
import { countMissing, report, runPreflight } from './preflight.ts'

// `npm run preflight -- --stage prod` checks whether the stage can be deployed to the account of your credentials, and
// changes nothing. The exit code is 0 when nothing is missing, 1 when something is, and 2 for wrong arguments.
const CONFIG_FILE = 'infra/config.ts'

/** The arguments are wrong, or the region is unknown. Only the message is printed. */
class UsageError extends Error {}

try {
  const stage = chosenStage(checkConfig(config, CONFIG_FILE), stageNamed(process.argv.slice(2)), CONFIG_FILE)
  const region = stage.config.region ?? (await regionOfCommandLine())
  const stackName = `Rollcall-${stage.name}`
  process.stdout.write(`Preflight of ${stackName} in ${region}\n`)
  const account = awsAccount(region)
  const lines = await runPreflight({ stage: stage.name, stackName, config: stage.config, region, account })
  process.stdout.write(`${report(lines)}\n`)
  process.exitCode = countMissing(lines) === 0 ? 0 : 1
} catch (error) {
  if (!(error instanceof UsageError || error instanceof ConfigError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
}

function stageNamed(args: readonly string[]): string | undefined {
  try {
    return parseArgs({ args: [...args], options: { stage: { type: 'string' } } }).values.stage
  } catch {
    throw new UsageError('Usage: npm run preflight -- --stage prod')
  }
}

/** The region of the AWS command line: AWS_REGION, or the profile's region. The SDK throws when there is none. */
async function regionOfCommandLine(): Promise<string> {
  const region = await new STSClient().config.region().catch(() => {
    throw new UsageError('No region: set “region” of the stage in infra/config.ts, or AWS_REGION.')
  })
  const whyNot = whyNotRegion(region)
  if (whyNot !== undefined) throw new UsageError(`The region of the AWS command line: ${whyNot}`)
  return region
}
