import { App } from 'aws-cdk-lib'
import { checkConfig, ConfigError, getStage } from './check-config.ts'
import { config } from './config.ts'
import { RollcallStack } from './rollcall-stack.ts'

const CONFIG_FILE = 'infra/config.ts'

const app = new App()
try {
  const checked = checkConfig(config, CONFIG_FILE)
  const name = String(app.node.tryGetContext('stage') ?? checked.defaultStage)
  new RollcallStack(app, `Rollcall-${name}`, { config: getStage(checked, name, CONFIG_FILE) })
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
