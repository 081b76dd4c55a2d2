/** What the app of the run and the run itself must both know. */
export const E2E_STACK = 'Rollcall-e2e'
export const E2E_REGION = 'eu-west-1'
export const E2E_AUDIENCE = 'rollcall'
export const E2E_SCHEDULE_NAME = 'often'
/** Another number than AWS takes for granted, which is 35. */
export const E2E_RECOVERY_DAYS = 14
/** Names of the company's own, with certificates that nobody has: the emulator looks at neither. */
export const E2E_DOMAIN = {
  name: 'rollcall.example.com',
  apiName: 'rollcall-api.example.com',
  certificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/5e0f6c5e-9d5b-4c39-a2ab-1c7a7e6f0001',
  apiCertificateArn: `arn:aws:acm:${E2E_REGION}:000000000000:certificate/5e0f6c5e-9d5b-4c39-a2ab-1c7a7e6f0002`,
}
/** The run's own, and one of the same machine that is not let in. */
export const E2E_ALLOWED_ADDRESS = '127.0.0.1'
export const E2E_OTHER_ADDRESS = '127.0.0.2'

/** Where a token carries roles: nested, as Keycloak has them. */
export const E2E_ROLES = {
  claim: ['realm_access', 'roles'],
  viewer: ['rollcall-viewer'],
  reviewer: ['rollcall-reviewer'],
  admin: ['rollcall-admin'],
} as const

/** What a token of somebody with a role says of it. */
export function claimsWith(role: 'viewer' | 'admin') {
  return { realm_access: { roles: ['offline_access', ...E2E_ROLES[role]] } }
}
