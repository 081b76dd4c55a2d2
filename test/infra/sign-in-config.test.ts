import { expect, test } from '@jest/globals'
import { isDomainPrefix } from '../../infra/settings/sign-in-schema.ts'
import { complaint } from './complaint.ts'
import { assemblyFile, refusals } from './synthesized.ts'

const OIDC = { kind: 'oidc', issuer: 'https://id.example.com', audiences: ['rollcall'] } as const
const DASHBOARD = { clientId: 'rollcall-dashboard', scopes: ['openid', 'email'] } as const

test.each([
  [
    { signIn: { kind: 'cognito', firstAdministratorEmail: '' } },
    'infra/config.ts: stages.prod.signIn.firstAdministratorEmail: must be an email address',
  ],
  [
    { signIn: { kind: 'oidc', issuer: 'http://id.example.com', audiences: ['rollcall'] } },
    'infra/config.ts: stages.prod.signIn.issuer: must be an https address that AWS can reach',
  ],
  [
    { signIn: { kind: 'oidc', issuer: 'https://id.example.com', audiences: [] } },
    'infra/config.ts: stages.prod.signIn.audiences: must name an audience',
  ],
  [
    { roles: { claim: 'groups', viewer: [], admin: ['admins'] } },
    'infra/config.ts: stages.prod.roles.claim: must be “cognito:groups” when people sign in with Cognito',
  ],
  [
    { roles: { claim: 'cognito:groups', viewer: [], admin: [] } },
    'infra/config.ts: stages.prod.roles.admin: must name a value, or nobody could write',
  ],
  [
    { roles: { claim: 'cognito:groups', viewer: ['staff'], admin: ['staff'] } },
    'infra/config.ts: stages.prod.roles.admin[0]: “staff” is listed twice',
  ],
  [
    { roles: { claim: 'cognito:groups', viewer: ['staff', 'staff'], admin: ['admins'] } },
    'infra/config.ts: stages.prod.roles.viewer[1]: “staff” is listed twice',
  ],
  [
    { roles: { claim: 'cognito:groups', viewer: ['reviewer'], admin: ['admins'] } },
    'infra/config.ts: stages.prod.roles.reviewer[0]: “reviewer” is listed twice',
  ],
  [
    { roles: { claim: 'cognito:groups', viewer: [], reviewer: ['two words'], admin: ['admins'] } },
    'infra/config.ts: stages.prod.roles.reviewer[0]: “two words” is not a valid Cognito group: at most 128 characters, no spaces and no slashes',
  ],
  [
    { roles: { claim: 'cognito:groups', viewer: [], admin: ['the admins'] } },
    'infra/config.ts: stages.prod.roles.admin[0]: “the admins” is not a valid Cognito group: at most 128 characters, no spaces and no slashes',
  ],
  [
    { signIn: { ...OIDC, audiences: Array.from({ length: 51 }, (_, index) => `audience-${index}`) } },
    'infra/config.ts: stages.prod.signIn.audiences: must name 50 audiences at most',
  ],
  [
    {
      signIn: {
        ...OIDC,
        dashboard: {
          ...DASHBOARD,
          tokenOrigins: Array.from({ length: 11 }, (_, index) => `https://id-${index}.example.com`),
        },
      },
    },
    'infra/config.ts: stages.prod.signIn.dashboard.tokenOrigins: must name 10 origins at most',
  ],
  [
    { signIn: { kind: 'oidc', issuer: 'http://localhost:9', audiences: ['rollcall'] } },
    'infra/config.ts: stages.prod.signIn.issuer: must be an https address that AWS can reach',
  ],
  [
    { signIn: OIDC, roles: { claim: [], viewer: [], admin: ['admins'] } },
    'infra/config.ts: stages.prod.roles.claim: must name a claim',
  ],
  [
    { signIn: OIDC, roles: { claim: 7, viewer: [], admin: ['admins'] } },
    'infra/config.ts: stages.prod.roles.claim: must be a claim’s name, or the names that lead to it, such as [realm_access, roles]',
  ],
  [
    { signIn: { ...OIDC, dashboard: { ...DASHBOARD, authorizeParameters: { scope: 'all' } } } },
    'infra/config.ts: stages.prod.signIn.dashboard.authorizeParameters.scope: is sent by the dashboard itself',
  ],
  [
    { signIn: { ...OIDC, dashboard: { ...DASHBOARD, signOutUrl: 'http://people.example.com/logout' } } },
    'infra/config.ts: stages.prod.signIn.dashboard.signOutUrl: must be an https address that AWS can reach',
  ],
  [
    { signIn: { ...OIDC, issuer: 'nowhere', dashboard: DASHBOARD } },
    'infra/config.ts: stages.prod.signIn.issuer: must be an https address that AWS can reach',
  ],
])('A mistake in sign-in or roles is reported in one line that names the field (%#)', (mistake, line) => {
  expect(complaint(mistake)).toBe(line)
})

test('A group of Cognito may have any name that is one word', () => {
  const roles = { claim: 'cognito:groups', viewer: ['Lesende_Ä'], admin: ['rollcall.admins+1'] }
  expect(complaint({ roles })).toBe('none')
})

test('With an issuer of the company’s own, roles may have spaces', () => {
  const signIn = { kind: 'oidc', issuer: 'https://id.example.com', audiences: ['rollcall'] }
  expect(complaint({ signIn, roles: { claim: 'groups', viewer: [], admin: ['The Admins'] } })).toBe('none')
})

test('A claim that carries roles may be nested', () => {
  const roles = { claim: ['realm_access', 'roles'], viewer: [], admin: ['admins'] }
  expect(complaint({ signIn: OIDC, roles })).toBe('none')
})

test('A stack must set its sign-in prefix when Cognito would reject the one derived from its name', async () => {
  expect((await refusals())['my-aws']).toBe(
    'my-aws.config.signIn.domainPrefix: must be set, since Cognito rejects the prefix derived from this stack’s name',
  )
})

test.each(['my-aws', 'amazon', 'cognito-users', 'x'.repeat(60), '-a', 'People'])(
  'Cognito takes no address that begins with “%s”',
  (prefix) => {
    expect(isDomainPrefix(`${prefix}-111122223333`)).toBe(false)
  },
)

test('A stack called “my-aws” with a configured sign-in prefix can be deployed', async () => {
  expect(await assemblyFile('removable', 'my-aws.template.json')).toContain('people-of-acme')
})
