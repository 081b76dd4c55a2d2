import { checkConfig, ConfigError } from '../../infra/settings/check-config.ts'
import { config } from '../../infra/config.ts'
import { aStage } from './stacks.ts'

/** The message about a configuration that is wrong in one place. */
export function complaint(prod: Record<string, unknown>): string {
  try {
    checkConfig({ ...config, stages: { ...config.stages, prod: { ...aStage(), ...prod } } }, 'infra/config.ts')
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  return 'none'
}
