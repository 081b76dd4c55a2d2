import { App, type Stack } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import cdkJson from '../../cdk.json' with { type: 'json' }
import { config } from '../../infra/config.ts'
import { RollcallStack } from '../../infra/rollcall-stack.ts'
import type { StageConfig } from '../../infra/stage-config.ts'

// CDK's own validation is `cdk synth`'s to run; here it would cost a second for each template.
process.env['CDK_VALIDATION'] = 'false'

/** Nobody's, and not the sample's either: those are warned of. */
const OWN = {
  signIn: { kind: 'cognito', firstAdministratorEmail: 'ada@acme.internal', scriptClient: { access: 'read' } },
  alarmEmail: 'oncall@acme.internal',
} as const

/** The stage that is to be deployed in earnest, as somebody has filled it in, with what a test changes. */
export function aStage(overrides: Partial<StageConfig> = {}): StageConfig {
  const { prod } = config.stages
  if (prod === undefined) throw new Error('infra/config.ts has no stage “prod”.')
  return { ...prod, ...OWN, ...overrides }
}

/** An app of its own, with the flags of `cdk.json`, in which functions are not bundled. */
export function anApp(): App {
  return new App({ context: { ...cdkJson.context, 'aws:cdk:bundling-stacks': [] } })
}

export function aStack(overrides: Partial<StageConfig> = {}): RollcallStack {
  return new RollcallStack(anApp(), 'Test', { config: aStage(overrides) })
}

export function synthesize(overrides: Partial<StageConfig> = {}): Template {
  return templateOf(aStack(overrides))
}

export function templateOf(stack: Stack): Template {
  return Template.fromStack(stack)
}
