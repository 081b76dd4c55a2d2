import { App } from 'aws-cdk-lib'
import { checkConfig, ConfigError } from './check-config.ts'
import { config } from './config.ts'
import { RollcallStack } from './rollcall-stack.ts'

const CONFIG_FILE = 'infra/config.ts'

const app = new App()
try {
  const { stages, defaultStage } = checkConfig(config, CONFIG_FILE)
  const name = String(app.node.tryGetContext('stage') ?? defaultStage)
  const stage = Object.hasOwn(stages, name) ? stages[name] : undefined
  if (stage === undefined) {
    throw new ConfigError(`${CONFIG_FILE}: stages.${name}: there is none; there are ${Object.keys(stages).join(', ')}`)
  }
  new RollcallStack(app, `Rollcall-${name}`, { config: stage })
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
