import { expect, test } from '@jest/globals'
import { principalOf } from '../../functions/api/http/caller.ts'
import { eventOf } from './api-event.ts'

const RULES = [{ claim: 'role', viewer: ['viewer'], reviewer: ['reviewer'], admin: ['admin'] }]

test.each([
  null,
  {},
  { role: '' },
  { role: 'ADMIN' },
  { role: 'admin ' },
  { role: 'admin,viewer' },
  { role: 'viewer admin' },
  { role: '"admin"' },
  { role: '[administrator]' },
  { Role: 'admin' },
  { roles: 'admin', groups: 'admin', scope: 'admin' },
  { sub: 'admin', name: 'admin', email: 'admin' },
  { role: '[object Object]' },
  { role: '__proto__' },
  { role: 'constructor' },
])('The claims %j grant no role', (claims: Record<string, string> | null) => {
  expect(principalOf(eventOf('GET', { path: '/v1/me', query: '' }, { claims }), RULES).role).toBeNull()
})
