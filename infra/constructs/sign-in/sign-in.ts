import type { DashboardSignIn } from '../../../shared/contracts/dashboard-config.ts'
import { EMAIL_CLAIM } from '../../../shared/domain/role.ts'
import type { OidcSignIn, RoleConfig } from '../../settings/stage-config.ts'
import type { TokenRules } from '../http-api.ts'

/** Which tokens the API accepts, and how the dashboard gets one. */
export interface SignIn {
  /** Passed to `HttpApi.openTo`. */
  readonly tokens: TokenRules
  /** Undefined when people cannot sign in to the dashboard and only the API is usable. */
  readonly dashboard: DashboardSignIn | undefined
}

/** Sign-in with an issuer of the company. It deploys nothing. */
export function oidcSignIn(config: OidcSignIn, roles: RoleConfig): SignIn {
  const { issuer, audiences, emailClaim = EMAIL_CLAIM, dashboard } = config
  return {
    tokens: { issuer, audiences, emailClaim, roles: [roles] },
    dashboard: dashboard === undefined ? undefined : dashboardSignIn(issuer, dashboard),
  }
}

function dashboardSignIn(issuer: string, dashboard: NonNullable<OidcSignIn['dashboard']>): DashboardSignIn {
  const { clientId, scopes, authorizeParameters, sends = 'access_token', signOutUrl = null } = dashboard
  return {
    issuer,
    clientId,
    scopes,
    sends,
    signOutUrl,
    ...(authorizeParameters !== undefined && { authorizeParameters }),
  }
}

/** The origins that the dashboard calls during sign-in. */
export function oidcOrigins({ issuer, dashboard }: OidcSignIn): readonly string[] {
  return dashboard === undefined ? [] : [new URL(issuer).origin, ...(dashboard.tokenOrigins ?? [])]
}
