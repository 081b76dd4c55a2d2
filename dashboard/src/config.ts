import * as z from 'zod'

const configSchema = z.object({
  signIn: z
    .object({
      issuer: z.url(),
      clientId: z.string().min(1),
      scopes: z.array(z.string()),
      // Cognito has no `end_session_endpoint`: its own sign-out address goes here.
      signOutUrl: z.url().nullable(),
    })
    .nullable(),
})

/** Where people sign in. */
export type SignInConfig = NonNullable<z.output<typeof configSchema>['signIn']>

/** What differs between deployments of the same build; `signIn` is null on one machine. */
export type DashboardConfig = z.output<typeof configSchema>

/** Reads `/config.json`. Throws when it is missing or not as it must be. */
export async function loadConfig(): Promise<DashboardConfig> {
  const response = await fetch('/config.json', { cache: 'no-cache' })
  if (!response.ok) throw new Error(`/config.json answered ${response.status}.`)
  return configSchema.parse(await response.json())
}
