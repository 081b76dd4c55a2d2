import { expect, test } from '@jest/globals'
import { principalOf, type RoleRules } from '../../functions/api/http/caller.ts'
import type { ClaimPath } from '../../shared/domain/role.ts'
import { eventWithToken } from './token-event.ts'

const GROUPS: RoleRules = { claim: 'cognito:groups', viewer: [], reviewer: [], admin: ['rollcall-admin'] }
const SCOPES: RoleRules = { claim: 'scope', viewer: ['rollcall/read'], reviewer: [], admin: ['rollcall/write'] }

test.each<[string, Record<string, unknown>, ClaimPath | undefined, string | null]>([
  ['the standard claim', { email: 'ada@example.com' }, undefined, 'ada@example.com'],
  ['a verified one', { email: 'ada@example.com', email_verified: true }, 'email', 'ada@example.com'],
  ['one that is not verified', { email: 'ada@example.com', email_verified: false }, 'email', null],
  ['an unverified one as text', { email: 'ada@example.com', email_verified: 'false' }, 'email', null],
  [
    'a claim in a namespace',
    { 'https://acme.example/email': 'ada@example.com', email: 'other@example.com' },
    'https://acme.example/email',
    'ada@example.com',
  ],
  [
    'an unverified one there',
    { 'https://acme.example/email': 'ada@example.com', email_verified: false },
    'https://acme.example/email',
    null,
  ],
  ['a nested claim', { contact: { address: 'ada@example.com' } }, ['contact', 'address'], 'ada@example.com'],
  ['none where it should be', { email: 'ada@example.com' }, ['contact', 'address'], null],
  ['a list', { email: ['ada@example.com'] }, 'email', null],
  ['white space', { email: ' ' }, 'email', null],
])('The address is that of the configured claim: %s', (_, claims, claim, email) => {
  expect(principalOf(eventWithToken({ sub: 'x', ...claims }), [], claim).email).toBe(email)
})

test('A token of a script has no address, so it cannot decide in reviews', () => {
  const token = { client_id: 'scripts', scope: 'rollcall/read rollcall/write', token_use: 'access', version: 2 }
  expect(principalOf(eventWithToken(token), [SCOPES])).toMatchObject({ role: 'admin', email: null })
})

// https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html
test('Of Cognito, the ID token, which the dashboard sends, contains the address, and the access token does not', () => {
  const common = { sub: 'ada-1', 'cognito:groups': ['rollcall-admin'] }
  const idToken = { ...common, token_use: 'id', aud: 'web', email: 'ada@example.com', email_verified: true }
  const accessToken = { ...common, token_use: 'access', client_id: 'web', scope: 'openid email', username: 'ada-1' }
  const principal = { subject: 'ada-1', name: 'ada@example.com', email: 'ada@example.com', role: 'admin' }
  expect(principalOf(eventWithToken(idToken), [GROUPS])).toEqual(principal)
  expect(principalOf(eventWithToken(accessToken), [GROUPS])).toEqual({ ...principal, name: 'ada-1', email: null })
})
