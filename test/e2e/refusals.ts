import { documentedCalls, type DocumentedCall } from '../attacker/documented-calls.ts'
import { forgedTokens } from '../attacker/forged-tokens.ts'
import { claimsWith } from './deployment-names.ts'
import type { Deployment } from './deployment.ts'
import { startOidcIssuer } from './oidc-issuer.ts'

const MINUTES_AGO_SECONDS = -300
const AT_ONCE = 12
const ULID = '01KAVJ2Q8ZC4T0M6W3X5Y7R9NB'
const ADMIN = { subject: 'admin-1', claims: claimsWith('admin') }

/** Refuses every call of the OpenAPI document that is not open to all, to everybody who may not make it. */
export async function checkRefusals(deployment: Deployment): Promise<void> {
  const { bench, issuer } = deployment
  const closed = documentedCalls({
    id: ULID,
    userId: 'nobody',
    syncId: ULID,
    personId: 'nobody',
    findingId: 'none',
    reviewId: ULID,
  }).filter(({ isOpen }) => !isOpen)
  const badTokens = await tokensThatAreNoGood(deployment)
  const unknown = badTokens.flatMap((token) => closed.map((call) => ({ token, call, status: 401 })))

  const nobody = await issuer.token({ subject: 'nobody-1' })
  const withoutRole = closed.map((call) => ({ token: nobody, call, status: 403 }))
  const viewer = await issuer.token({ subject: 'viewer-1', claims: claimsWith('viewer') })
  const tooMuch = closed
    .filter(({ method, isForAdmins }) => method !== 'GET' || isForAdmins)
    .map((call) => ({ token: viewer, call, status: 403 }))

  await refuseAll(deployment, [...unknown, ...withoutRole, ...tooMuch])
  bench.say(
    `${badTokens.length} tokens that are none, broken, forged, expired or foreign: 401 from ${closed.length} calls`,
  )
  bench.say(
    `Without a role: 403 from all of them; as a viewer: 403 from the ${tooMuch.length} that write or are for admins`,
  )
}

async function tokensThatAreNoGood({ bench, issuer }: Deployment): Promise<(string | undefined)[]> {
  const foreign = await startOidcIssuer(issuer.audience)
  bench.onEnd(() => foreign.close())
  return [
    undefined,
    await issuer.token({ ...ADMIN, expiresInSeconds: MINUTES_AGO_SECONDS }),
    await issuer.token({ ...ADMIN, audience: 'another-product' }),
    await foreign.token(ADMIN),
    // Signed by the foreign one, in the name of ours.
    await foreign.token(ADMIN, issuer.url),
    ...Object.values(await forgedTokens(issuer)),
  ]
}

async function refuseAll(
  { api }: Deployment,
  tries: readonly { token: string | undefined; call: DocumentedCall; status: number }[],
): Promise<void> {
  const left = [...tries]
  const work = async () => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      await api(next.token).expectRefusal(next.call, next.status, next.status === 403 ? 'forbidden' : undefined)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}
