import { describe, expect, test } from '@jest/globals'
import { principalOf, type RoleRules } from '../../functions/api/http/caller.ts'
import { flattened, tokenWith } from '../sign-in/api-gateway.ts'
import { eventWith, eventWithToken } from './token-event.ts'

describe('the token in the request', () => {
  const rules: RoleRules = { claim: 'groups', viewer: [], reviewer: [], admin: ['admin'] }
  const member = { iss: 'https://id.example.com', sub: 'x', groups: ['member'] }
  const forged = tokenWith({ ...member, groups: ['admin'] })

  test('provides lists, because API Gateway’s text does not show which spaces belong to a value', () => {
    const claims = { ...member, groups: ['no admin'] }
    expect(principalOf(eventWithToken(claims), [rules]).role).toBeNull()
    expect(principalOf(eventWith(flattened({ ...member, groups: ['admin'] }), undefined), [rules]).role).toBeNull()
    expect(principalOf(eventWithToken({ ...member, groups: ['admin'] }), [rules]).role).toBe('admin')
  })

  test('is also read without “Bearer”, as API Gateway does', () => {
    expect(principalOf(eventWith(flattened({ ...member, groups: ['admin'] }), forged), [rules]).role).toBe('admin')
  })

  test.each([
    ['there is no token that API Gateway has checked', undefined, `Bearer ${forged}`],
    [
      'it is of another issuer than the one checked',
      { ...member, iss: 'https://other.example.com' },
      `Bearer ${forged}`,
    ],
    ['it is of somebody else than the one checked', { ...member, sub: 'y' }, `Bearer ${forged}`],
    ['the one checked has no issuer', { sub: 'x' }, `Bearer ${tokenWith({ sub: 'x', groups: ['admin'] })}`],
    ['there are two', member, `Bearer ${tokenWith(member)},Bearer ${forged}`],
    ['more is behind it', member, `Bearer ${forged} x`],
    ['it is cut off', member, `Bearer ${forged.slice(0, -40)}`],
    ['it holds no object', member, `Bearer x.${Buffer.from('["admin"]').toString('base64url')}.x`],
    ['it holds no JSON', member, 'Bearer x.e2FkbWlu.x'],
  ])('counts for nothing when %s', (_, claims, authorization) => {
    const event = eventWith(claims && flattened(claims), authorization)
    expect(principalOf(event, [rules]).role).toBeNull()
  })
})
