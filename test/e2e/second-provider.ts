import { isDeepStrictEqual } from 'node:util'
import { parse } from 'csv-parse/sync'
import * as z from 'zod'
import { usageAnswer } from '../model/answers.ts'
import { costsAnswer, focusCharges } from '../model/costs-answers.ts'
import { Model } from '../model/model.ts'
import { readAnthropic } from '../model/read-anthropic.ts'
import { dayAfter } from '../model/rules.ts'
import { allUsers } from '../model/users.ts'
import { eventually } from './api-client.ts'
import type { Deployment } from './deployment.ts'
import type { People } from './signing-in.ts'
import { expect } from './step.ts'
import { checkSchedule, integrationSchema } from './syncing.ts'

const rowsSchema = z.object({ items: z.array(z.unknown()), total: z.unknown() })
const usersSchema = z.object({
  nextCursor: z.null(),
  asOf: z.object({ syncId: z.string(), from: z.string(), to: z.string() }),
  items: z.array(z.looseObject({ id: z.string() })),
})
const keysSchema = z.object({
  items: z.array(z.object({ id: z.string(), kind: z.string(), lastUsedOn: z.string().nullable() })),
})

/**
 * Connects an organization at the second provider. A key of the other provider is refused before it is sent, a second key of the
 * same organization at once. Gives the integration's id.
 */
export async function connectSecond(
  { bench, anthropic, organization }: Deployment,
  { admin }: People,
): Promise<string> {
  const connecting = (name: string, adminApiKey: string, provider = 'anthropic') => {
    return { method: 'POST', path: '/integrations', body: { provider, name, adminApiKey } } as const
  }
  const { keys } = anthropic
  const sentBefore = anthropic.requests.length
  await admin.expectRefusal(connecting('Mixed up', organization.keys.admin), 400, 'validation_failed')
  await admin.expectRefusal(connecting('Mixed up', keys.admin, 'openai'), 400, 'validation_failed')
  expect(anthropic.requests.length === sentBefore, 'A key of another provider was sent.')
  await admin.expectRefusal(connecting('Revoked', keys.revoked), 422, 'invalid_admin_key')
  const { id } = await admin.expect({ ...connecting('Northwind, Claude', keys.admin), status: 201 }, integrationSchema)
  await admin.expectRefusal(connecting('Again', keys.nextAdmin), 409, 'organization_already_connected')
  await eventually('the end of the first sync of Anthropic’s organization', async () => {
    const { lastSync } = await admin.expect({ path: `/integrations/${id}` }, integrationSchema)
    expect(lastSync.state !== 'failed', 'The first sync failed.')
    return lastSync.state === 'succeeded' ? lastSync : undefined
  })
  const other = { method: 'PATCH', path: `/integrations/${id}`, body: { adminApiKey: keys.otherOrganization } }
  await admin.expectRefusal(other, 422, 'different_organization')
  bench.say('Anthropic: a key of the other provider, a second one of the organization and one of another are refused')
  return id
}

/** The schedule syncs it too, its figures are those of its own pages, and it is deleted again. */
export async function checkSecond(deployment: Deployment, people: People, id: string): Promise<void> {
  await checkSchedule(deployment, people, id)
  await checkFigures(deployment, people, id)
  const { admin } = people
  await admin.expect({ method: 'DELETE', path: `/integrations/${id}`, status: 204 }, z.undefined())
  await admin.expectRefusal({ path: `/integrations/${id}` }, 404, 'not_found')
}

/** Members, usage and costs of all but today, which goes on, and keys: by the model. */
async function checkFigures({ bench, anthropic }: Deployment, { viewer }: People, id: string): Promise<void> {
  const path = `/integrations/${id}`
  const users = await viewer.expect({ path: `${path}/users?kind=any&accountStatus=any&limit=1000` }, usersSchema)
  const { from, to } = users.asOf
  const range = { from, to: dayAfter(to, -1) }
  const query = `from=${range.from}&to=${range.to}`
  const nowMs = Date.parse(`${to}T12:00:00.000Z`)
  const model = new Model({ provider: 'anthropic' })
  const found = await readAnthropic({ baseUrl: anthropic.baseUrl, key: anthropic.adminKey }, { from, to })
  model.sync({ id: 'recount', trigger: 'schedule' }, { startedMs: nowMs, endedMs: nowMs }, found)
  const ids = (listed: readonly { readonly id: string }[]) => listed.map((each) => each.id).toSorted()
  expect(isDeepStrictEqual(ids(users.items), ids(allUsers(model))), 'The members are not those of the organization.')
  for (const groupBy of ['day', 'model', 'user'] as const) {
    const answer = await viewer.expect({ path: `${path}/usage?groupBy=${groupBy}&${query}` }, rowsSchema)
    isSame(`usage by ${groupBy}`, answer, usageAnswer(model, nowMs, groupBy, range))
  }
  for (const groupBy of ['user', 'project', 'lineItem', 'key'] as const) {
    const answer = await viewer.expect({ path: `${path}/costs?groupBy=${groupBy}&${query}` }, rowsSchema)
    isSame(`costs by ${groupBy}`, answer, costsAnswer(model, nowMs, groupBy, range))
  }
  const { text } = await viewer.call('GET', `${path}/costs?format=focus&${query}`)
  const charges: Record<string, string>[] = parse(text, { columns: true })
  const billed = charges.map((row) => [row['ChargePeriodStart']?.slice(0, 10), row['SubAccountId'], row['BilledCost']])
  const expected = focusCharges(model, range).map(([day, workspace, , , cost]) => [day, workspace, cost])
  isSame('the charges of the FOCUS file', textsOf(billed), textsOf(expected))
  const { items: keys } = await viewer.expect({ path: `${path}/keys?limit=1000` }, keysSchema)
  const listed = model.published?.keys?.items ?? []
  isSame('the keys', ids(keys), ids(listed))
  bench.say(`Anthropic: ${users.items.length} members, ${charges.length} charges and ${keys.length} keys are its own`)
}

function isSame(what: string, answer: unknown, expected: unknown): void {
  const [given, wanted] = [answer, expected].map((each) => rowsSchema.safeParse(each).data ?? each)
  expect(isDeepStrictEqual(given, wanted), `${what}: ${JSON.stringify(given)}\nis not ${JSON.stringify(wanted)}`)
}

function textsOf(rows: readonly unknown[]): string[] {
  return rows.map((row) => JSON.stringify(row)).toSorted()
}
