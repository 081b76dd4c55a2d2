import { parseArgs } from 'node:util'
import { config } from '../../infra/config.ts'
import { checkConfig, chosenStage } from '../../infra/settings/check-config.ts'
import { whyNotRegion } from '../../infra/settings/regions.ts'

const CONFIG_FILE = 'infra/config.ts'

/** The arguments are wrong, or the region is unknown. Only the message is printed. */
export class UsageError extends Error {}

/**
 * The stage that the arguments name, and its region. `commandLineRegion` gives that of the AWS command line, for a stage without
 * one; it rejects when there is none. Throws `UsageError` or `ConfigError`.
 */
export async function chooseTarget(args: readonly string[], commandLineRegion: () => Promise<string>) {
  const stage = chosenStage(checkConfig(config, CONFIG_FILE), stageNamed(args), CONFIG_FILE)
  return { stage, region: stage.config.region ?? (await checkedRegion(commandLineRegion)) }
}

function stageNamed(args: readonly string[]): string | undefined {
  try {
    return parseArgs({ args: [...args], options: { stage: { type: 'string' } } }).values.stage
  } catch {
    throw new UsageError('Usage: npm run preflight -- --stage prod')
  }
}

async function checkedRegion(commandLineRegion: () => Promise<string>): Promise<string> {
  const region = await commandLineRegion().catch(() => {
    throw new UsageError('No region: set “region” of the stage in infra/config.ts, or AWS_REGION.')
  })
  const whyNot = whyNotRegion(region)
  if (whyNot !== undefined) throw new UsageError(`The region of the AWS command line: ${whyNot}`)
  return region
}
