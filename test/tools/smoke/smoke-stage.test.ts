import { expect, test } from '@jest/globals'
import { checkStage } from '../../../infra/settings/check-config.ts'
import { config } from '../../../infra/config.ts'
import { STACKS } from '../../infra/stacks.ts'
import { newSeed, smokeStage, stackNames } from '../../../tools/smoke/smoke-stage.ts'

const URL_OF_ORGANIZATION = 'https://abc.execute-api.eu-central-1.amazonaws.com/v1'

test.each(Object.entries(config.stages))(
  'The stage %s is smoke-tested with its own settings, but for what must not outlive the test, nor reach a person',
  (_name, stage) => {
    const smoke = checkStage(smokeStage(stage, URL_OF_ORGANIZATION), 'smoke')
    expect(smoke).toEqual({
      ...stage,
      removalPolicy: 'destroy',
      alarmEmail: undefined,
      providerBaseUrls: { openai: URL_OF_ORGANIZATION },
      roles: { claim: 'cognito:groups', viewer: ['viewer'], reviewer: ['reviewer'], admin: ['admin'] },
      signIn: {
        kind: 'cognito',
        firstAdministratorEmail: 'success@simulator.amazonses.com',
        scriptClient: { access: 'read_write' },
      },
    })
  },
)

test('Settings of the real stage’s stack are left out', () => {
  const { config: everything } = STACKS.everything
  const smoke = checkStage(smokeStage(everything, URL_OF_ORGANIZATION), 'smoke')
  const { domain, access, kmsKeyArn, alarmTopicArn, permissionsBoundaryArn, bootstrapQualifier } = smoke
  expect([domain, access, kmsKeyArn, alarmTopicArn]).toEqual([undefined, undefined, undefined, undefined])
  expect({ permissionsBoundaryArn, bootstrapQualifier }).toEqual({
    permissionsBoundaryArn: everything.permissionsBoundaryArn,
    bootstrapQualifier: everything.bootstrapQualifier,
  })
})

test('No stage has the name of a smoke test’s stack', () => {
  const { product, organization } = stackNames('prod')
  expect([product, organization]).toEqual(['Rollcall-smoke-prod', 'Rollcall-smoke-prod-organization'])
  const stages = Object.keys(config.stages)
  for (const stage of stages) {
    for (const name of Object.values(stackNames(stage))) {
      expect(stages.map((each) => `Rollcall-${each}`)).not.toContain(name)
    }
  }
})

test('The organization’s keys cannot be guessed: their seed has 256 random bits and changes each time', () => {
  expect(newSeed()).toMatch(/^[0-9a-f]{64}$/)
  expect(newSeed()).not.toBe(newSeed())
})
