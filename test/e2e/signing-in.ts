import * as z from 'zod'
import type { ApiClient } from './api-client.ts'
import { claimsWith } from './deployment-names.ts'
import type { Deployment } from './deployment.ts'
import { checkRefusals } from './refusals.ts'

const meSchema = z.object({ subject: z.string(), role: z.enum(['viewer', 'admin']) })

/** Somebody who may read, and somebody who may also write. */
export interface People {
  readonly viewer: ApiClient
  readonly admin: ApiClient
}

/** Who gets in, as what, and who does not. Gives the API as both see it. */
export async function checkSigningIn(deployment: Deployment): Promise<People> {
  const { bench, api, issuer } = deployment
  await api().expect({ path: '/health' }, z.object({ status: z.literal('ok') }))
  await api().expect({ path: '/openapi.json' }, z.object({ openapi: z.string() }))
  await checkRefusals(deployment)
  const people = {
    viewer: api(await issuer.token({ subject: 'viewer-1', claims: claimsWith('viewer') })),
    admin: api(await issuer.token({ subject: 'admin-1', claims: claimsWith('admin') })),
  }
  await people.viewer.expect({ path: '/integrations' }, z.object({ items: z.array(z.unknown()).length(0) }))
  await people.viewer.expect({ path: '/me' }, meSchema.extend({ role: z.literal('viewer') }))
  await people.admin.expect({ path: '/me' }, meSchema.extend({ role: z.literal('admin') }))
  bench.say('A viewer reads; an admin is one')
  return people
}
