import { METRIC_NAMES } from '../../shared/aws/metric-names.ts'
import { config } from '../../infra/config.ts'
import type { StageConfig } from '../../infra/settings/stage-config.ts'
import type { Counts } from './counts.ts'

const EVERY_6_HOURS = { name: 'every-6-hours', expression: 'rate(6 hours)', timeZone: 'UTC', default: true }

/**
 * The stage whose stack is counted: the default one, with one schedule. Each further schedule adds an alarm and a
 * metric.
 */
export function countedStage(): StageConfig {
  const stage = config.stages[config.defaultStage]
  if (stage === undefined) throw new Error('infra/config.ts has no default stage.')
  return { ...stage, schedules: [EVERY_6_HOURS] }
}

/** The resources of the stage's stack that are billed by number. `resources` are those of its template. */
export function countStack(resources: Readonly<Record<string, { readonly Type: string }>>): Counts['stack'] {
  const count = (type: string) => Object.values(resources).filter(({ Type }) => Type === type).length
  return {
    alarms: count('AWS::CloudWatch::Alarm'),
    overviews: count('AWS::CloudWatch::Dashboard'),
    metrics: Object.keys(METRIC_NAMES).length,
    signingKeys: count('AWS::KMS::Key'),
  }
}
