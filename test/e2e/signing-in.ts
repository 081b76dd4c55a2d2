import * as z from 'zod'
import type { ApiClient } from './api-client.ts'
import type { Deployment } from './deployment.ts'
import { startOidcIssuer } from './oidc-issuer.ts'

const MINUTES_AGO_SECONDS = -300
const meSchema = z.object({ subject: z.string(), role: z.enum(['viewer', 'admin']) })

/** Somebody who may read, and somebody who may also write. */
export interface People {
  readonly viewer: ApiClient
  readonly admin: ApiClient
}

/** Who gets in, as what, and who does not. Gives the API as both see it. */
export async function checkSigningIn({ bench, api, issuer }: Deployment): Promise<People> {
  const admin = { subject: 'admin-1', claims: { groups: ['rollcall-admin'] } }
  const path = '/integrations'
  await api().expect({ path: '/health' }, z.object({ status: z.literal('ok') }))
  await api().expect({ path: '/openapi.json' }, z.object({ openapi: z.string() }))
  await api().expectRefusal({ path }, 401)
  await api('not-a-token').expectRefusal({ path }, 401)
  const expired = await issuer.token({ ...admin, expiresInSeconds: MINUTES_AGO_SECONDS })
  await api(expired).expectRefusal({ path }, 401)
  await api(await issuer.token({ ...admin, audience: 'another-product' })).expectRefusal({ path }, 401)
  const foreign = await startOidcIssuer(issuer.audience)
  bench.onEnd(() => foreign.close())
  await api(await foreign.token(admin)).expectRefusal({ path }, 401)
  const forged = await foreign.token(admin, issuer.url)
  await api(forged).expectRefusal({ path }, 401)
  bench.say('No token, a broken, an expired, a foreign, a forged one, another audience: 401')

  const people = {
    viewer: api(await issuer.token({ subject: 'viewer-1', claims: { groups: ['rollcall-viewer'] } })),
    admin: api(await issuer.token(admin)),
  }
  await api(await issuer.token({ subject: 'nobody-1' })).expectRefusal({ path }, 403, 'forbidden')
  await people.viewer.expect({ path }, z.object({ items: z.array(z.unknown()).length(0) }))
  await people.viewer.expect({ path: '/me' }, meSchema.extend({ role: z.literal('viewer') }))
  await people.admin.expect({ path: '/me' }, meSchema.extend({ role: z.literal('admin') }))
  const body = { provider: 'openai', name: 'Refused', adminApiKey: 'sk-admin-00000000000000000000' }
  await people.viewer.expectRefusal({ method: 'POST', path, body }, 403, 'forbidden')
  await people.viewer.expectRefusal({ path: '/audit-events' }, 403, 'forbidden')
  bench.say('Without a role: 403; a viewer reads and may not write; an admin may')
  return people
}
