import { STSClient } from '@aws-sdk/client-sts'
import { ConfigError } from '../../infra/settings/check-config.ts'
import { awsAccount } from './aws-account.ts'
import { chooseTarget, UsageError } from './choose-target.ts'
import { countMissing, report, runPreflight } from './preflight.ts'

// `npm run preflight -- --stage prod` checks whether the stage can be deployed to the account of your credentials, and
// changes nothing. The exit code is 0 when nothing is missing, 1 when something is, and 2 for wrong arguments.
try {
  // The region of the AWS command line: AWS_REGION, or the profile's region.
  const { stage, region } = await chooseTarget(process.argv.slice(2), () => new STSClient().config.region())
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
