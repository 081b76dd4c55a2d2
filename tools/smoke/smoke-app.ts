import { App } from 'aws-cdk-lib'
import * as z from 'zod'
import { checkConfig, chosenStage } from '../../infra/settings/check-config.ts'
import { config } from '../../infra/config.ts'
import { RollcallStack } from '../../infra/rollcall-stack.ts'
import { OrganizationStack } from './organization-stack.ts'
import { smokeStage, stackNames } from './smoke-stage.ts'

/** The variables that `run-smoke.ts` sets. */
const environmentSchema = z.object({
  SMOKE_STAGE: z.string(),
  SMOKE_SEED: z.string(),
  /**
   * Set once the simulated organization is deployed. Without it the app synthesizes the organization, with it the
   * product.
   */
  SMOKE_OPENAI_BASE_URL: z.string().optional(),
})

/** The CDK app of the smoke test, with one of its two stacks. */
export function smokeApp(): App {
  const environment = environmentSchema.parse(process.env)
  const app = new App()
  const named = chosenStage(checkConfig(config, 'infra/config.ts'), environment.SMOKE_STAGE, 'infra/config.ts')
  const names = stackNames(named.name)
  const { SMOKE_OPENAI_BASE_URL: openAiBaseUrl, SMOKE_SEED: seed } = environment
  if (openAiBaseUrl === undefined) {
    new OrganizationStack(app, names.organization, { seed, config: named.config })
    return app
  }
  const isHere = URL.parse(openAiBaseUrl)?.hostname === '127.0.0.1'
  const stage = smokeStage(named.config, openAiBaseUrl)
  new RollcallStack(app, names.product, { config: stage, ...(isHere && { onEmulator: true }) })
  return app
}
