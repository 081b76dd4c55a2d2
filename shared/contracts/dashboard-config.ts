import * as z from 'zod'

/** The path of the dashboard that an issuer sends people back to: what a client has to be registered with. */
export const SIGNED_IN_PATH = '/signed-in'

/** `/config.json`, which a deployment serves beside the dashboard: what differs between deployments of the same build. */
export const dashboardConfigSchema = z.object({
  /** How the dashboard signs people in: authorization code with PKCE, a public client. Null where nobody signs in. */
  signIn: z
    .object({
      /** Its discovery document says where to sign in. */
      issuer: z.url(),
      clientId: z.string().min(1),
      scopes: z.array(z.string()).readonly(),
      /** Sent along when somebody signs in. */
      authorizeParameters: z.record(z.string(), z.string()).readonly().optional(),
      /** Cognito's own sign-out address, which does not take the standard’s parameters; null with any other issuer. */
      signOutUrl: z.url().nullable(),
    })
    .readonly()
    .nullable(),
})

export type DashboardConfig = z.output<typeof dashboardConfigSchema>

/** Where people sign in, and out. It is public knowledge. */
export type DashboardSignIn = NonNullable<DashboardConfig['signIn']>
