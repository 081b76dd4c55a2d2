import { Annotations, App } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import cdkJson from '../../cdk.json' with { type: 'json' }
import { METRIC_NAMES } from '../../shared/aws/metric-names.ts'
import { config } from '../config.ts'
import { RollcallStack } from '../rollcall-stack.ts'
import type { StageConfig } from '../stage-config.ts'
import type { Counts } from './counts.ts'

const EVERY_6_HOURS = { name: 'every-6-hours', expression: 'rate(6 hours)', timeZone: 'UTC', default: true }

/** What of the stack is charged by the piece, with one schedule. Each schedule more brings an alarm and a metric. */
export function countStack(): Counts['stack'] {
  const stage: StageConfig | undefined = config.stages[config.defaultStage]
  if (stage === undefined) throw new Error('infra/config.ts has no default stage.')
  const app = new App({ context: { ...cdkJson.context, 'aws:cdk:bundling-stacks': [] } })
  const stack = new RollcallStack(app, 'Costs', { config: { ...stage, schedules: [EVERY_6_HOURS] } })
  Annotations.of(stack).acknowledgeWarning('rollcall:exampleAddress', 'Nothing is deployed from here.')
  const template = Template.fromStack(stack)
  return {
    alarms: Object.keys(template.findResources('AWS::CloudWatch::Alarm')).length,
    overviews: Object.keys(template.findResources('AWS::CloudWatch::Dashboard')).length,
    metrics: Object.keys(METRIC_NAMES).length,
  }
}
