import * as z from 'zod'
import type { SimulatedOrganization } from '../../local/simulated-openai/server.ts'
import { type ApiClient, eventually } from './api-client.ts'

/** Integrations that may be deleted, so that the one the other calls are about stays. */
const TO_DELETE = 12
const NAMES = 200
const items = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.object({ items: z.array(z.object(shape)), nextCursor: z.string().nullable() })
const idSchema = z.object({ id: z.string() })
const syncedSchema = z.object({ lastSync: z.object({ id: z.string(), state: z.string() }) })
const licensesSchema = z.object({ asOf: z.object({ from: z.string(), to: z.string() }) })

/** Real values, by the name of what they are: what a made-up request needs to reach the data. */
export type RealValues = Readonly<Record<string, readonly string[]>>

/** Connects organizations to a running product and collects what requests can name. */
export async function collectRealValues(
  api: ApiClient,
  { keys, otherCompany }: SimulatedOrganization,
): Promise<RealValues> {
  // An organization of so few cannot be told from another, so it can be connected time and again.
  otherCompany.replaceAll(['ana', 'bob'].map((id) => ({ id, email: `${id}@northwind.example`, role: 'owner' })))
  const kept = await connect(api, keys.admin, 'Kept organization')
  const integration = `/integrations/${kept}`
  const first = await firstSync(api, integration)
  const second = await api.expect({ method: 'POST', path: `${integration}/syncs`, status: 202 }, idSchema)
  await firstSync(api, integration)
  const toDelete: string[] = []
  for (let number = 1; number <= TO_DELETE; number += 1) {
    toDelete.push(await connect(api, keys.otherOrganization, `To be deleted ${number}`))
  }
  const users = await api.expect({ path: `${integration}/users?kind=any&limit=20` }, items({ id: z.string() }))
  const { asOf } = await api.expect({ path: `${integration}/licenses` }, licensesSchema)
  const schedules = await api.expect({ path: '/schedules' }, items({ name: z.string() }))
  return {
    integrations: [kept],
    toDelete,
    syncs: [first, second.id],
    users: users.items.map(({ id }) => id),
    firstDays: [asOf.from, dayAfter(asOf.from, 7), dayAfter(asOf.from, 14)],
    lastDays: [asOf.to, dayAfter(asOf.to, -7), dayAfter(asOf.to, -14)],
    schedules: schedules.items.map(({ name }) => name),
    domains: ['northwind.example', 'example.com', 'eu.example.org'],
    // One in three is refused by the simulated organization.
    keys: [keys.admin, keys.admin, keys.otherOrganization, keys.otherOrganization, keys.revoked, keys.withoutUsage],
    // A made-up name is often one that is taken.
    names: Array.from({ length: NAMES }, (_, index) => `Organization ${index + 1}`),
    integrationCursors: await cursors(api, '/integrations'),
    syncCursors: await cursors(api, `${integration}/syncs`),
    auditCursors: await cursors(api, '/audit-events'),
    userCursors: await cursors(api, `${integration}/users`),
  }
}

async function connect(api: ApiClient, adminApiKey: string, name: string): Promise<string> {
  const body = { provider: 'openai', name, adminApiKey }
  const { id } = await api.expect({ method: 'POST', path: '/integrations', body, status: 201 }, idSchema)
  return id
}

async function firstSync(api: ApiClient, integration: string): Promise<string> {
  const { id } = await eventually('a successful sync', async () => {
    const { lastSync } = await api.expect({ path: integration }, syncedSchema)
    return lastSync.state === 'succeeded' ? lastSync : undefined
  })
  return id
}

async function cursors(api: ApiClient, path: string): Promise<string[]> {
  const { nextCursor } = await api.expect({ path: `${path}?limit=1` }, items({ id: z.string() }))
  return nextCursor === null ? [] : [nextCursor]
}

function dayAfter(dayUtc: string, days: number): string {
  const day = new Date(`${dayUtc}T00:00:00.000Z`)
  day.setUTCDate(day.getUTCDate() + days)
  return day.toISOString().slice(0, 10)
}
