import { expect, test } from '@jest/globals'
import { Match } from 'aws-cdk-lib/assertions'
import * as z from 'zod'
import { synthesized } from './synthesized.ts'

const template = await synthesized('everything')
const without = await synthesized('production')
const [secret = '', ...otherSecrets] = Object.keys(template.findResources('AWS::SecretsManager::Secret'))
const [distribution] = Object.entries(template.findResources('AWS::CloudFront::Distribution'))

const originSchema = z.object({
  OriginCustomHeaders: z.array(z.object({ HeaderName: z.string(), HeaderValue: z.unknown() })).default([]),
})
const policySchema = z.object({
  Roles: z.array(z.object({ Ref: z.string() })),
  PolicyDocument: z.object({ Statement: z.array(z.looseObject({ Resource: z.unknown() })) }),
})

/** The api function in the template. */
function apiFunction() {
  const [found] = Object.values(
    template.findResources('AWS::Lambda::Function', {
      Properties: { Description: Match.stringLikeRegexp('answers the HTTP API') },
    }),
  )
  if (found === undefined) throw new Error('There is no api function.')
  return found
}

test('The distribution has the web ACL and the price class', () => {
  template.hasResourceProperties('AWS::CloudFront::Distribution', {
    DistributionConfig: {
      WebACLId: Match.stringLikeRegexp('^arn:aws:wafv2:us-east-1:111122223333:global/webacl/company/'),
      PriceClass: 'PriceClass_All',
    },
  })
  without.hasResourceProperties('AWS::CloudFront::Distribution', {
    DistributionConfig: { WebACLId: Match.absent(), PriceClass: 'PriceClass_100' },
  })
})

test('CloudFront sends the generated secret to the API only, and the template contains only a reference', () => {
  expect(otherSecrets).toEqual([])
  template.hasResourceProperties('AWS::SecretsManager::Secret', {
    SecretString: Match.absent(),
    GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true },
  })
  const origins = z.array(originSchema).parse(distribution?.[1]['Properties'].DistributionConfig.Origins)
  const version = '5e0f6c5e-9d5b-4c39-a2ab-1c7a7e6f0003'
  expect(origins.map(({ OriginCustomHeaders: headers }) => headers)).toEqual([
    [],
    [
      {
        HeaderName: 'x-rollcall-origin-secret',
        HeaderValue: {
          'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: secret }, `:SecretString:::${version}}}`]],
        },
      },
    ],
  ])
  const { Outputs, Resources } = template.toJSON()
  expect(JSON.stringify(Outputs)).not.toContain(secret)
  expect(JSON.stringify(Resources).match(/\{\{resolve:/g)).toHaveLength(1)
})

test('The api gets the secret’s ARN, not its value, and only its role may read it', () => {
  expect(apiFunction()['Properties'].Environment.Variables.ORIGIN_SECRET_ARN).toEqual({ Ref: secret })
  const policies = Object.values(template.findResources('AWS::IAM::Policy')).map(({ Properties }) =>
    policySchema.parse(Properties),
  )
  const [role] = z.tuple([z.string(), z.literal('Arn')]).parse(apiFunction()['Properties'].Role['Fn::GetAtt'])
  const naming = policies.flatMap(({ Roles, PolicyDocument }) =>
    PolicyDocument.Statement.filter(({ Resource }) => JSON.stringify(Resource).includes(`"${secret}"`)).map(
      (statement) => [Roles, statement],
    ),
  )
  expect(naming).toEqual([
    [[{ Ref: role }], { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: { Ref: secret } }],
  ])
})

test('The api starts to refuse other calls only after CloudFront sends the secret everywhere', () => {
  expect(apiFunction()['DependsOn']).toContain(distribution?.[0])
})

test('An API that only accepts CloudFront has the dashboard’s address for scripts too', () => {
  template.hasOutput('ApiUrl', { Value: 'https://rollcall.acme.internal' })
})

test('The secret is deleted with the stack', () => {
  template.hasResource('AWS::SecretsManager::Secret', { DeletionPolicy: 'Delete' })
})

test('Without either rule there is no secret, and CloudFront never has a log', () => {
  without.resourceCountIs('AWS::SecretsManager::Secret', 0)
  for (const each of [template, without]) {
    each.hasResourceProperties('AWS::CloudFront::Distribution', { DistributionConfig: { Logging: Match.absent() } })
    each.resourceCountIs('AWS::Logs::DeliverySource', 0)
    each.resourceCountIs('AWS::CloudFront::RealtimeLogConfig', 0)
    for (const { Properties } of Object.values(each.findResources('AWS::CloudFront::Function'))) {
      expect(Properties.FunctionCode).not.toContain('console')
    }
  }
})
