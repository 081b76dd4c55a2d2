import { expect, test } from '@jest/globals'
import { Match, type Template } from 'aws-cdk-lib/assertions'
import * as z from 'zod'
import { DEFAULT_THRESHOLDS } from '../../shared/domain/finding.ts'
import { synthesized } from './synthesized.ts'

const template = await synthesized('ownIssuer')

const routeSchema = z.object({ RouteKey: z.string(), AuthorizationType: z.string() })

test('Every route requires a token, except health and the API’s description', () => {
  const routes = Object.values(template.findResources('AWS::ApiGatewayV2::Route')).map((route) =>
    routeSchema.parse(route['Properties']),
  )
  expect(routes.map(({ RouteKey, AuthorizationType }) => `${RouteKey}: ${AuthorizationType}`).toSorted()).toEqual([
    'ANY /v1/{proxy+}: JWT',
    'GET /v1/health: NONE',
    'GET /v1/openapi.json: NONE',
  ])
})

test('Tokens of the configured issuer and audiences are accepted, and the configured claim gives the roles', () => {
  template.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
    AuthorizerType: 'JWT',
    IdentitySource: ['$request.header.Authorization'],
    JwtConfiguration: { Issuer: 'https://id.example.com/rollcall', Audience: ['rollcall', 'scripts'] },
  })
  template.hasResourceProperties('AWS::Lambda::Function', {
    Description: Match.stringLikeRegexp('answers the HTTP API'),
    Environment: {
      Variables: Match.objectLike({
        ROLE_RULES: JSON.stringify([
          { claim: ['realm_access', 'roles'], viewer: ['reader', 'auditor'], reviewer: ['reviewer'], admin: ['owner'] },
        ]),
      }),
    },
  })
})

test.each([
  ['the configured one', 'ownIssuer', '["contact","address"]'],
  ['with Cognito, the standard one', 'production', '"email"'],
] as const)('The claim that contains the caller’s address is %s', async (_, stack, claim) => {
  ;(await synthesized(stack)).hasResourceProperties('AWS::Lambda::Function', {
    Description: Match.stringLikeRegexp('answers the HTTP API'),
    Environment: { Variables: Match.objectLike({ EMAIL_CLAIM: claim }) },
  })
})

test('Completed reviews are kept for as many days as configured', async () => {
  for (const [stack, days] of [
    ['production', '400'],
    ['everything', '800'],
  ] as const) {
    ;(await synthesized(stack)).hasResourceProperties('AWS::Lambda::Function', {
      Description: Match.stringLikeRegexp('answers the HTTP API'),
      Environment: { Variables: Match.objectLike({ KEEP_REVIEWS_DAYS: days }) },
    })
  }
})

test('The function gets the thresholds of findings, those that the stage does not set by default', async () => {
  const everything = await synthesized('everything')
  everything.hasResourceProperties('AWS::Lambda::Function', {
    Description: Match.stringLikeRegexp('answers the HTTP API'),
    Environment: {
      Variables: Match.objectLike({ FINDING_THRESHOLDS: JSON.stringify({ ...DEFAULT_THRESHOLDS, staleKeyDays: 90 }) }),
    },
  })
})

test('Calls are throttled, and logged without path, query, address, token or subject', () => {
  const [stage] = Object.values(template.findResources('AWS::ApiGatewayV2::Stage'))
  const { DefaultRouteSettings, AccessLogSettings } = z
    .object({
      DefaultRouteSettings: z.object({ ThrottlingRateLimit: z.number(), ThrottlingBurstLimit: z.number() }),
      AccessLogSettings: z.object({ Format: z.string() }),
    })
    .parse(stage?.['Properties'])
  expect(DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 5, ThrottlingBurstLimit: 9 })
  expect(Object.values(z.record(z.string(), z.string()).parse(JSON.parse(AccessLogSettings.Format)))).toEqual([
    '$context.requestId',
    '$context.requestTime',
    '$context.httpMethod',
    '$context.routeKey',
    '$context.status',
    '$context.responseLatency',
    '$context.integrationLatency',
    '$context.responseLength',
    '$context.error.responseType',
    '$context.authorizer.error',
  ])
})

test('The API has the stack’s name, which distinguishes it within the account', async () => {
  ;(await synthesized('second')).hasResourceProperties('AWS::ApiGatewayV2::Api', { Name: 'Other' })
})

/** The name of the log group that calls are logged in. */
function accessLogOf(from: Template): string {
  const [name, ...others] = Object.values(from.findResources('AWS::Logs::LogGroup')).flatMap(({ Properties }) =>
    z.array(z.string()).parse([Properties.LogGroupName].filter((each) => each !== undefined)),
  )
  expect(others).toEqual([])
  return name ?? ''
}

test('Calls are logged in a log group of the stack that does not enlarge the account’s resource policy', async () => {
  const [one, two] = [accessLogOf(await synthesized('production')), accessLogOf(await synthesized('second'))]
  expect(one).toMatch(/^\/aws\/vendedlogs\/Test\/access-[0-9a-f]{8}$/)
  expect(two).toMatch(/^\/aws\/vendedlogs\/Other\/access-[0-9a-f]{8}$/)
  // A change of the settings is no reason for another name: the log group would be replaced.
  expect(accessLogOf(await synthesized('everything'))).toBe(one)
})

test('The api function is invoked hourly for the clean-up', () => {
  template.hasResourceProperties('AWS::Scheduler::Schedule', {
    ScheduleExpression: 'rate(1 hour)',
    Target: Match.objectLike({ Input: '{"cleanUp":true}' }),
  })
})

test('With an issuer of the company’s own there is no user pool', () => {
  template.resourceCountIs('AWS::Cognito::UserPool', 0)
  template.resourceCountIs('AWS::Cognito::UserPoolClient', 0)
})
