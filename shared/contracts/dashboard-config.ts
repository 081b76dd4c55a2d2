import * as z from 'zod'

/** The dashboard's redirect path after sign-in, which must be registered at the issuer. */
export const SIGNED_IN_PATH = '/signed-in'

/**
 * `/config.json`, which a deployment serves beside the dashboard. It contains what differs between deployments of the
 * same build.
 */
export const dashboardConfigSchema = z.object({
  /** The sign-in configuration: authorization code with PKCE, a public client. Null without sign-in. */
  signIn: z
    .object({
      /** The issuer's discovery document contains the endpoints. */
      issuer: z.url(),
      clientId: z.string().min(1),
      scopes: z.array(z.string()).readonly(),
      /** The token that calls of the API carry. */
      sends: z.enum(['access_token', 'id_token']),
      /** Additional parameters of the sign-in request. */
      authorizeParameters: z.record(z.string(), z.string()).readonly().optional(),
      /** Cognito's sign-out address, which does not accept the standard's parameters. Null with other issuers. */
      signOutUrl: z.url().nullable(),
    })
    .readonly()
    .nullable(),
})

export type DashboardConfig = z.output<typeof dashboardConfigSchema>

/** The sign-in configuration is public. */
export type DashboardSignIn = NonNullable<DashboardConfig['signIn']>
