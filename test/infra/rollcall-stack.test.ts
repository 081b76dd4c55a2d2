import { expect, test } from '@jest/globals'
import { Match } from 'aws-cdk-lib/assertions'
import { RollcallStack } from '../../infra/rollcall-stack.ts'
import { aStack, aStage, anApp, templateOf } from './synthesize.ts'

test('A stack without a region can be deployed anywhere; with one it is bound to it', () => {
  expect(templateOf(aStack({ region: undefined })).toJSON()).toHaveProperty('Parameters')
  expect(aStack({ region: undefined }).region).toMatch(/^\$\{Token/)
  expect(aStack({ region: 'eu-central-1' }).region).toBe('eu-central-1')
})

test('The configured tags are on what can be tagged', () => {
  const template = templateOf(aStack({ tags: { 'cost-center': '4711' } }))
  const tagged = Match.objectLike({ Tags: Match.arrayWith([{ Key: 'cost-center', Value: '4711' }]) })
  for (const type of ['AWS::DynamoDB::Table', 'AWS::SQS::Queue', 'AWS::Lambda::Function', 'AWS::SNS::Topic']) {
    template.allResourcesProperties(type, tagged)
  }
})

test('Two stacks in one account share no name: neither secrets nor schedules nor sign-in page', () => {
  const app = anApp()
  const [one, two] = ['One', 'Two'].map((id) =>
    JSON.stringify(templateOf(new RollcallStack(app, id, { config: aStage() })).toJSON()),
  )
  const names = (template = '') => template.match(/"(GroupName|Domain|ADMIN_KEY_PREFIX)":"?[^,}]*/g) ?? []
  expect(names(one).length).toBeGreaterThan(3)
  expect(names(one).filter((name) => names(two).includes(name))).toEqual([])
})
