/** What the app of the run and the run itself must both know. */
export const E2E_STACK = 'Rollcall-e2e'
export const E2E_REGION = 'eu-west-1'
export const E2E_AUDIENCE = 'rollcall'
export const E2E_SCHEDULE_NAME = 'often'
/** Another number than AWS takes for granted, which is 35. */
export const E2E_RECOVERY_DAYS = 14

/** Where a token carries roles: nested, as Keycloak has them. */
export const E2E_ROLES = {
  claim: ['realm_access', 'roles'],
  viewer: ['rollcall-viewer'],
  admin: ['rollcall-admin'],
} as const

/** What a token of somebody with a role says of it. */
export function claimsWith(role: 'viewer' | 'admin') {
  return { realm_access: { roles: ['offline_access', ...E2E_ROLES[role]] } }
}
