import type { DashboardSignIn } from '../../../shared/contracts/dashboard-config.ts'
import type { OidcSignIn, RoleConfig } from '../../settings/stage-config.ts'
import type { TokenRules } from '../http-api.ts'

/** Whose tokens the API believes, and how the dashboard gets one. */
export interface SignIn {
  readonly tokens: TokenRules
  /** Undefined when only the API can be used. */
  readonly dashboard: DashboardSignIn | undefined
}

/** Sign-in by an issuer that the company has. Nothing is deployed for it. */
export function oidcSignIn({ issuer, audiences, dashboard }: OidcSignIn, roles: RoleConfig): SignIn {
  return {
    tokens: { issuer, audiences, roles: [roles] },
    dashboard: dashboard === undefined ? undefined : dashboardSignIn(issuer, dashboard),
  }
}

function dashboardSignIn(issuer: string, dashboard: NonNullable<OidcSignIn['dashboard']>): DashboardSignIn {
  const { clientId, scopes, authorizeParameters, signOutUrl = null } = dashboard
  return { issuer, clientId, scopes, signOutUrl, ...(authorizeParameters !== undefined && { authorizeParameters }) }
}

/** The origins that the dashboard calls to sign somebody in. */
export function oidcOrigins({ issuer, dashboard }: OidcSignIn): readonly string[] {
  return dashboard === undefined ? [] : [new URL(issuer).origin, ...(dashboard.tokenOrigins ?? [])]
}
