import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { type App, Validations } from 'aws-cdk-lib'
import { Queue } from 'aws-cdk-lib/aws-sqs'
import { AwsSolutionsChecks } from 'cdk-nag'
import { RollcallStack } from '../../infra/rollcall-stack.ts'
import type { StageConfig } from '../../infra/stage-config.ts'
import { aStage, anApp } from './synthesize.ts'

function checkedApp(overrides: Partial<StageConfig> = {}): { app: App; stack: RollcallStack } {
  const app = anApp()
  const stack = new RollcallStack(app, 'Test', { config: aStage(overrides) })
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
  return { app, stack }
}

const oidc: Partial<StageConfig> = {
  region: 'eu-central-1',
  signIn: { kind: 'oidc', issuer: 'https://id.example.com', audiences: ['rollcall'] },
  roles: { claim: 'roles', viewer: ['viewer'], admin: ['admin'] },
}

test.each([{}, oidc])('The stack passes AWS’s solution checks of cdk-nag, errors and warnings (%#)', (overrides) => {
  const { app } = checkedApp(overrides)
  const { directory } = app.synth()
  expect(readFileSync(join(directory, 'validation-report.json'), 'utf8')).not.toMatch(/"severity": *"(error|warning)"/i)
})

test('The checks do find what is not acknowledged', () => {
  const { app, stack } = checkedApp()
  new Queue(stack, 'Unencrypted', { enforceSSL: false })
  expect(() => app.synth()).toThrow('AwsSolutions-SQS4')
})
