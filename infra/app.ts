import { App } from 'aws-cdk-lib'
import { checkConfig, checkRegion, chosenStage, ConfigError } from './settings/check-config.ts'
import { config } from './config.ts'
import { RollcallStack } from './rollcall-stack.ts'

const CONFIG_FILE = 'infra/config.ts'

const app = new App()
try {
  const named: string | undefined = app.node.tryGetContext('stage')
  const stage = chosenStage(checkConfig(config, CONFIG_FILE), named, CONFIG_FILE)
  // Without one, the stack goes where the AWS command line points at, which the CDK command line passes on if it knows.
  if (stage.config.region === undefined)
    checkRegion(process.env['CDK_DEFAULT_REGION'], 'the region of your credentials')
  new RollcallStack(app, `Rollcall-${stage.name}`, { config: stage.config })
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
