import * as z from 'zod'
import type { OidcSignIn } from '../../infra/settings/stage-config.ts'
import { type Check, type Finding, missing, notChecked, ok } from './check.ts'

const ANSWERS_WITHIN_MS = 15_000

/** https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata */
const discoverySchema = z.object({
  issuer: z.string(),
  jwks_uri: z.url(),
  authorization_endpoint: z.url().optional(),
  token_endpoint: z.url().optional(),
  revocation_endpoint: z.url().optional(),
})
type Discovery = z.output<typeof discoverySchema>

/** https://www.rfc-editor.org/rfc/rfc7517#section-4 */
const keysSchema = z.object({
  keys: z.array(
    z.object({
      kty: z.string(),
      kid: z.string().optional(),
      use: z.string().optional(),
      alg: z.string().optional(),
    }),
  ),
})
type Key = z.output<typeof keysSchema>['keys'][number]

/** An issuer's document or keys are invalid. The message is one line. */
class UnusableIssuerError extends Error {}

/** Checks whether API Gateway and the dashboard can work with the company's own issuer. */
export const issuer: Check = {
  name: 'issuer',
  asksAccount: false,
  run: async ({ config: { signIn } }) => {
    if (signIn.kind !== 'oidc') return undefined
    try {
      return await judge(signIn)
    } catch (error) {
      if (error instanceof UnusableIssuerError) return missing(error.message)
      throw error
    }
  },
}

async function judge(signIn: OidcSignIn): Promise<Finding> {
  const address = `${signIn.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const discovery = await read(address, discoverySchema)
  if (discovery === undefined) return notReached(address)
  if (discovery.issuer !== signIn.issuer) {
    return missing(`its issuer is ${discovery.issuer}: set signIn.issuer to exactly that, including slashes`)
  }
  const keys = await read(discovery.jwks_uri, keysSchema)
  if (keys === undefined) return notReached(discovery.jwks_uri)
  if (!keys.keys.some(isRsaForSignatures)) {
    return missing('it publishes no RSA key for signatures, and API Gateway accepts no others: configure RS256')
  }
  return judgeDashboard(signIn, discovery) ?? ok('its discovery document and RSA keys can be read from here')
}

/** What prevents people from signing in although the API would accept their tokens. */
function judgeDashboard({ issuer, dashboard }: OidcSignIn, discovery: Discovery): Finding | undefined {
  if (dashboard === undefined) return undefined
  if (discovery.authorization_endpoint === undefined || discovery.token_endpoint === undefined) {
    return missing('its discovery document names no authorization or token endpoint: nobody could sign in')
  }
  const allowed = new Set([new URL(issuer).origin, ...(dashboard.tokenOrigins ?? [])])
  const fetched = [discovery.token_endpoint, discovery.revocation_endpoint].filter((each) => each !== undefined)
  const others = [...new Set(fetched.map((each) => new URL(each).origin))].filter((each) => !allowed.has(each))
  if (others.length === 0) return undefined
  const origins = [...(dashboard.tokenOrigins ?? []), ...others].map((each) => `'${each}'`).join(', ')
  return missing(
    `its token or revocation endpoint is on another origin: set signIn.dashboard.tokenOrigins to [${origins}]`,
  )
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html: RSA, found by `kid`. */
function isRsaForSignatures({ kty, kid, use, alg }: Key): boolean {
  return kty === 'RSA' && kid !== undefined && use !== 'enc' && (alg === undefined || alg.startsWith('RS'))
}

function notReached(address: string): Finding {
  return notChecked(`${address} cannot be reached from here: AWS must reach it`)
}

/** Undefined without an answer. Throws `UnusableIssuerError` for an invalid one. */
async function read<Schema extends z.ZodType>(address: string, schema: Schema): Promise<z.output<Schema> | undefined> {
  const answer = await fetch(address, { signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) }).catch(() => undefined)
  if (answer === undefined) return undefined
  if (!answer.ok) throw new UnusableIssuerError(`${address} answers ${answer.status}: check signIn.issuer`)
  const body = schema.safeParse(await answer.json().catch(() => undefined))
  if (body.success) return body.data
  throw new UnusableIssuerError(`${address} is not a valid OpenID Connect discovery document: check signIn.issuer`)
}
