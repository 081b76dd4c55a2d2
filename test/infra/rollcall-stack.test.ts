import { expect, test } from '@jest/globals'
import { RollcallStack } from '../../infra/rollcall-stack.ts'
import { aStack, aStage, anApp, templateOf } from './synthesize.ts'

test('A stack without a region can be deployed anywhere; with one it is bound to it', () => {
  expect(templateOf(aStack({ region: undefined })).toJSON()).toHaveProperty('Parameters')
  expect(aStack({ region: undefined }).region).toMatch(/^\$\{Token/)
  expect(aStack({ region: 'eu-central-1' }).region).toBe('eu-central-1')
})

test('The configured tags are on the stack, from where CloudFormation puts them on what can be tagged', () => {
  const app = anApp()
  const stack = new RollcallStack(app, 'Test', { config: aStage({ tags: { 'cost-center': '4711' } }) })
  expect(app.synth().getStackByName(stack.stackName).tags).toEqual({ 'cost-center': '4711' })
})

/** The names that AWS would let only one stack of an account have. */
function namesOf(id: string): string[] {
  const template = templateOf(new RollcallStack(anApp(), id, { config: aStage() }))
  const groups = Object.values(template.findResources('AWS::Scheduler::ScheduleGroup'))
  const domains = Object.values(template.findResources('AWS::Cognito::UserPoolDomain'))
  const functions = JSON.stringify(template.findResources('AWS::Lambda::Function'))
  return [
    ...groups.map(({ Properties }) => String(Properties.Name)),
    ...domains.map(({ Properties }) => JSON.stringify(Properties.Domain)),
    ...(functions.match(/"ADMIN_KEY_PREFIX":"[^"]*"/g) ?? []),
  ]
}

test('What CloudFront has once for all regions has the region in its name, so that a stage can be in two', () => {
  const template = templateOf(aStack({ region: undefined }))
  const names = [
    ...Object.values(template.findResources('AWS::CloudFront::ResponseHeadersPolicy')),
    ...Object.values(template.findResources('AWS::CloudFront::OriginAccessControl')),
    ...Object.values(template.findResources('AWS::CloudFront::Function')),
  ].map(({ Properties }) =>
    JSON.stringify(
      Properties.ResponseHeadersPolicyConfig?.Name ?? Properties.OriginAccessControlConfig?.Name ?? Properties.Name,
    ),
  )
  expect(names).toHaveLength(4)
  for (const name of names) expect(name).toContain('{"Ref":"AWS::Region"}')
})

test('Two stacks in one account share no name: neither schedules nor sign-in page nor secrets', () => {
  const [one, two] = [namesOf('One'), namesOf('Two')]
  expect(one).toHaveLength(5)
  expect(one.filter((name) => two.includes(name))).toEqual([])
})
