import { App } from 'aws-cdk-lib'
import { checkConfig, checkRegion, chosenStage, ConfigError } from './settings/check-config.ts'
import { config } from './config.ts'
import { RollcallStack } from './rollcall-stack.ts'

const CONFIG_FILE = 'infra/config.ts'

const app = new App()
try {
  const named: string | undefined = app.node.tryGetContext('stage')
  const stage = chosenStage(checkConfig(config, CONFIG_FILE), named, CONFIG_FILE)
  // Without a configured region, the stack goes to the region of the AWS command line, which the CDK passes on when it
  // is known.
  if (stage.config.region === undefined)
    checkRegion(process.env['CDK_DEFAULT_REGION'], 'the region of your credentials')
  new RollcallStack(app, `Rollcall-${stage.name}`, { config: stage.config })
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
