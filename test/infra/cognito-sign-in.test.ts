import { expect, test } from '@jest/globals'
import { Match, type Template } from 'aws-cdk-lib/assertions'
import * as z from 'zod'
import { synthesized } from './synthesized.ts'

const roles = { claim: 'cognito:groups', viewer: ['readers'], reviewer: ['reviewer'], admin: ['owners'] }
const template = await synthesized('production')
const removable = await synthesized('removable')
const second = await synthesized('second')
const site = { 'Fn::GetAtt': [Object.keys(template.findResources('AWS::CloudFront::Distribution'))[0], 'DomainName'] }

test('Only an administrator creates accounts, and everybody needs a time-based one-time password', () => {
  template.hasResourceProperties('AWS::Cognito::UserPool', {
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    MfaConfiguration: 'ON',
    EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
  })
})

test('Nobody can give themselves another address, which decisions would be recorded with', () => {
  template.hasResourceProperties('AWS::Cognito::UserPool', {
    Schema: [{ Name: 'email', Required: true, Mutable: false }],
  })
})

test('The dashboard’s client is public, only allows codes, redirects only to the dashboard, and has short-lived, revocable tokens', () => {
  template.hasResourceProperties('AWS::Cognito::UserPoolClient', {
    GenerateSecret: Match.absent(),
    AllowedOAuthFlows: ['code'],
    AllowedOAuthScopes: ['openid', 'email', 'profile'],
    CallbackURLs: [{ 'Fn::Join': ['', ['https://', site, '/signed-in']] }],
    LogoutURLs: [{ 'Fn::Join': ['', ['https://', site, '/']] }],
    AccessTokenValidity: 15,
    IdTokenValidity: 15,
    RefreshTokenValidity: 720,
    TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'minutes' },
    EnableTokenRevocation: true,
    PreventUserExistenceErrors: 'ENABLED',
  })
})

test('No client may send a password to Cognito: people prove theirs without sending it, and scripts have none', () => {
  template.hasResourceProperties('AWS::Cognito::UserPoolClient', {
    AllowedOAuthFlows: ['code'],
    ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  })
  template.hasResourceProperties('AWS::Cognito::UserPoolClient', {
    AllowedOAuthFlows: ['client_credentials'],
    ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
  })
})

test('An invitation contains the dashboard’s address, the user name and the password', () => {
  const [pool] = Object.values(template.findResources('AWS::Cognito::UserPool'))
  const { EmailMessage } = z
    .object({ EmailMessage: z.object({ 'Fn::Join': z.tuple([z.literal(''), z.array(z.unknown())]) }) })
    .parse(pool?.['Properties'].AdminCreateUserConfig.InviteMessageTemplate)
  const [, parts] = EmailMessage['Fn::Join']
  expect(parts.filter((part) => typeof part !== 'string')).toEqual([site, site])
  const text = parts.map((part) => (typeof part === 'string' ? part : 'd1.example.com')).join('')
  expect(text).toContain('<a href="https://d1.example.com/">https://d1.example.com/</a>')
  expect(text).toContain('{username}')
  expect(text).toContain('<code>{####}</code>')
})

test('The dashboard may call the address of the sign-in page', () => {
  const headersOf = (stage: Template) => JSON.stringify(stage.findResources('AWS::CloudFront::ResponseHeadersPolicy'))
  expect(headersOf(removable)).toContain('https://people-of-acme.auth.')
  removable.hasResourceProperties('AWS::Cognito::UserPoolDomain', { Domain: 'people-of-acme' })
  expect(JSON.stringify(template.findResources('AWS::Cognito::UserPoolDomain'))).toContain(
    '"test-",{"Ref":"AWS::AccountId"}',
  )
  expect(headersOf(template)).toMatch(/https:\/\/test-",\{"Ref":"AWS::AccountId"\},"\.auth\./)
})

test('Each role’s values are groups, and the first administrator is invited into the admin group', () => {
  const groups = Object.values(template.findResources('AWS::Cognito::UserPoolGroup'))
  expect(groups.map(({ Properties }) => String(Properties.GroupName))).toEqual(['readers', 'reviewer', 'owners'])
  template.hasResourceProperties('AWS::Cognito::UserPoolUser', {
    Username: 'ada@acme.internal',
    DesiredDeliveryMediums: ['EMAIL'],
  })
  template.hasResourceProperties('AWS::Cognito::UserPoolUserToGroupAttachment', {
    GroupName: { Ref: Match.stringLikeRegexp('owners') },
  })
})

test.each([
  ['retain', 'Retain', template],
  ['destroy', 'Delete', removable],
] as const)('With “%s”, accounts and groups are kept or deleted with the pool', (_, fate, stage) => {
  for (const type of ['UserPool', 'UserPoolUser', 'UserPoolGroup', 'UserPoolUserToGroupAttachment']) {
    stage.allResources(`AWS::Cognito::${type}`, { DeletionPolicy: fate, UpdateReplacePolicy: fate })
  }
})

test('There is a client for scripts only when configured', () => {
  removable.resourceCountIs('AWS::Cognito::UserPoolClient', 1)
  removable.resourceCountIs('AWS::Cognito::UserPoolResourceServer', 0)
})

test.each([
  ['read', ['/read'], template],
  ['read_write', ['/read', '/write'], second],
] as const)(
  'A client for scripts with access “%s” may request those scopes, which people’s client may not',
  (_, scopes, withScripts) => {
    const [server] = Object.keys(withScripts.findResources('AWS::Cognito::UserPoolResourceServer'))
    withScripts.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthScopes: scopes.map((scope) => ({ 'Fn::Join': ['', [{ Ref: server }, scope]] })),
      GenerateSecret: true,
    })
    withScripts.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: Match.objectLike({
          ROLE_RULES: JSON.stringify([
            roles,
            { claim: 'scope', viewer: ['rollcall/read'], reviewer: [], admin: ['rollcall/write'] },
          ]),
        }),
      },
    })
  },
)

test('The API accepts the tokens of both clients', () => {
  template.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
    JwtConfiguration: {
      Audience: [{ Ref: Match.stringLikeRegexp('Dashboard') }, { Ref: Match.stringLikeRegexp('Scripts') }],
    },
  })
})
