import { expect, test } from '@jest/globals'
import { checkStage, ConfigError } from '../../infra/settings/check-config.ts'
import type { OidcSignIn } from '../../infra/settings/stage-config.ts'
import { aStage } from './stacks.ts'

const DASHBOARD = { clientId: 'rollcall-dashboard', scopes: ['openid', 'email'] }
const SENDS_ID_TOKENS = { ...DASHBOARD, sends: 'id_token' } as const
const ROLES = { claim: 'groups', viewer: [], admin: ['admins'] }

function check(signIn: Pick<OidcSignIn, 'issuer' | 'dashboard'>) {
  return checkStage(aStage({ signIn: { kind: 'oidc', audiences: ['rollcall'], ...signIn }, roles: ROLES }), 'stage')
}

test.each([
  [
    { issuer: 'https://acme.okta.com' },
    'issuer: must be a custom authorization server, such as https://acme.okta.com/oauth2/default',
  ],
  [
    { issuer: 'https://sts.windows.net/8eaef023-2b34-4da1-9baa-8bc8c9d6a490/' },
    'issuer: must be https://login.microsoftonline.com/<tenant id>/v2.0',
  ],
  [
    { issuer: 'https://login.microsoftonline.com/8eaef023-2b34-4da1-9baa-8bc8c9d6a490' },
    'issuer: must be https://login.microsoftonline.com/<tenant id>/v2.0',
  ],
  ...['common', 'organizations'].map((tenant): [Parameters<typeof check>[0], string] => [
    { issuer: `https://login.microsoftonline.com/${tenant}/v2.0` },
    'issuer: must be https://login.microsoftonline.com/<tenant id>/v2.0',
  ]),
  [
    { issuer: 'https://id.example.com/.well-known/openid-configuration' },
    'issuer: must be the issuer itself, without /.well-known/openid-configuration',
  ],
  [{ issuer: 'https://acme.eu.auth0.com' }, 'issuer: must end with a slash, as Auth0 writes it'],
  [
    {
      issuer: 'https://acme.eu.auth0.com/',
      dashboard: { ...DASHBOARD, authorizeParameters: { audience: 'https://another.example' } },
    },
    'dashboard.authorizeParameters: must have the API’s identifier as audience, one of audiences: see docs/sign-in.md#auth0',
  ],
  [
    { issuer: 'https://login.microsoftonline.com/acme.example/v2.0', dashboard: DASHBOARD },
    'dashboard.scopes: must have one of your API’s, such as api://<client id>/access',
  ],
  [
    { issuer: 'https://acme.eu.auth0.com/', dashboard: DASHBOARD },
    'dashboard.authorizeParameters: must have the API’s identifier as audience, one of audiences: see docs/sign-in.md#auth0',
  ],
  [
    { issuer: 'https://id.example.com', dashboard: SENDS_ID_TOKENS },
    'audiences: must have dashboard.clientId, which the ID tokens that the dashboard sends are for',
  ],
  [
    { issuer: 'https://id.example.com', dashboard: { ...SENDS_ID_TOKENS, scopes: ['email'] } },
    'dashboard.scopes: must have openid: without it there is no ID token to send',
  ],
  [
    { issuer: 'https://accounts.google.com', dashboard: DASHBOARD },
    'issuer: cannot be Google itself: see docs/sign-in.md#google',
  ],
])('An issuer that lets nobody sign in is refused in one line: %j', (signIn, line) => {
  expect(() => check(signIn)).toThrow(new ConfigError(`stage.signIn.${line}`))
})

test.each([
  'https://accounts.google.com',
  'https://acme.eu.auth0.com/',
  'https://login.microsoftonline.com/8eaef023-2b34-4da1-9baa-8bc8c9d6a490/v2.0',
])('Without a dashboard client, %s is accepted as issuer for scripts', (issuer) => {
  expect(check({ issuer }).signIn).toMatchObject({ issuer })
})

test('A domain that only ends like a known issuer’s is accepted', () => {
  const issuer = 'https://notokta.com'
  expect(check({ issuer, dashboard: DASHBOARD }).signIn).toMatchObject({ issuer })
})
