import { isDeepStrictEqual } from 'node:util'
import * as z from 'zod'
import { byDay } from '../model/answers.ts'
import { readOrganization } from '../model/read-organization.ts'
import { sumOf } from '../model/rules.ts'
import { type ApiClient, eventually } from './api-client.ts'
import type { Deployment } from './deployment.ts'
import type { People } from './signing-in.ts'
import { expect } from './step.ts'

export const integrationSchema = z.object({
  id: z.string(),
  state: z.string(),
  problem: z.object({ code: z.string(), detail: z.string() }).nullable(),
  lastSync: z.object({ id: z.string(), state: z.string(), trigger: z.string() }),
})
const syncsSchema = z.object({
  items: z.array(
    z.object({ id: z.string(), state: z.string(), trigger: z.string(), startedAt: z.string().nullable() }),
  ),
})
const usersSchema = z.object({
  nextCursor: z.null(),
  items: z.array(
    z.object({ id: z.string(), email: z.string().nullable(), role: z.string().nullable(), kind: z.string() }),
  ),
})
export const numbersSchema = z.object({
  requests: z.number(),
  inputTokens: z.number(),
  cachedInputTokens: z.number(),
  outputTokens: z.number(),
})
const usageSchema = z.object({
  items: z.array(numbersSchema.extend({ day: z.string() })),
  total: numbersSchema,
})
const asOfSchema = z.object({ asOf: z.object({ from: z.string(), to: z.string() }) })

/** Connects the simulated organization; the queue brings its first sync. Gives the integration's id. */
export async function checkConnecting({ bench, organization }: Deployment, { admin }: People): Promise<string> {
  const revoked = { provider: 'openai', name: 'Northwind', adminApiKey: organization.keys.revoked }
  await admin.expectRefusal({ method: 'POST', path: '/integrations', body: revoked }, 422, 'invalid_admin_key')
  const body = { ...revoked, adminApiKey: organization.keys.admin }
  const { id } = await admin.expect({ method: 'POST', path: '/integrations', body, status: 201 }, integrationSchema)
  const started = Date.now()
  await eventually('the end of the first sync', async () => {
    const { lastSync } = await admin.expect({ path: `/integrations/${id}` }, integrationSchema)
    expect(lastSync.state !== 'failed', 'The first sync failed.')
    return lastSync.state === 'succeeded' ? lastSync : undefined
  })
  bench.say(`A revoked key is refused; a good one connects, and the queue brought the first sync in ${since(started)}`)
  return id
}

/** Everybody and every number, against an independent count of the simulated organization's own pages. */
export async function checkFigures({ bench, organization }: Deployment, { viewer }: People, id: string): Promise<void> {
  const path = `/integrations/${id}`
  const { asOf } = await viewer.expect({ path: `${path}/licenses` }, asOfSchema)
  const yesterday = new Date(Date.parse(asOf.to) - 86_400_000).toISOString().slice(0, 10)
  const api = { baseUrl: organization.baseUrl, key: organization.keys.admin }
  const found = await readOrganization(api, { from: asOf.from, to: yesterday })
  const everybody = `${path}/users?kind=any&accountStatus=any&limit=1000`
  const { items } = await viewer.expect({ path: everybody }, usersSchema)
  expect(items.length === found.people.length, `${items.length} people are listed, not ${found.people.length}.`)
  for (const { id: userId, email, role, kind } of items) {
    const person = found.people.find(({ id }) => id === userId)
    const isSameKind = person?.isServiceAccount === (kind === 'service_account')
    const isSame = isSameKind && person?.email === email && person.role === role
    expect(isSame, `The user ${userId} is not as the organization says.`)
  }
  // Of today, more comes in while we look.
  const range = `from=${asOf.from}&to=${yesterday}`
  const usage = await viewer.expect({ path: `${path}/usage?groupBy=day&${range}` }, usageSchema)
  const days = usage.items.filter(({ requests }) => requests > 0)
  const expected = new Map(byDay(found.usage).map(({ models: _models, ...row }) => [row.day, row]))
  for (const row of days) {
    const wanted = expected.get(row.day)
    expect(isDeepStrictEqual(row, wanted), `A day is ${JSON.stringify(row)}, not ${JSON.stringify(wanted)}.`)
  }
  expect(isDeepStrictEqual(usage.total, sumOf(found.usage)), 'The usage’s total is not the organization’s.')
  bench.say(
    `${items.length} people, ${days.length} days and ${usage.total.requests} requests are as the organization says`,
  )
}

/** The schedule of one minute fires and its sync succeeds. */
export async function checkSchedule({ bench }: Deployment, { viewer }: People, id: string): Promise<void> {
  const started = Date.now()
  await eventually('a sync of the schedule, which fires each minute', async () => {
    const { items } = await viewer.expect({ path: `/integrations/${id}/syncs` }, syncsSchema)
    return items.find(({ trigger, state }) => trigger === 'schedule' && state === 'succeeded')
  })
  bench.say(`The schedule of one minute fired, and its sync succeeded, ${since(started)} later`)
}

/** A key that OpenAI accepts no more: the integration says so and what to do, and its figures stay. */
export async function checkRevokedKey({ bench, organization }: Deployment, people: People, id: string): Promise<void> {
  const path = `/integrations/${id}`
  const usage = `${path}/usage?groupBy=model`
  organization.set({ adminKeyRevoked: true })
  // One that the schedule started before may still succeed.
  await eventually('the end of a sync that runs', async () => {
    const { lastSync } = await people.viewer.expect({ path }, integrationSchema)
    return ['queued', 'running'].includes(lastSync.state) ? undefined : lastSync
  })
  const before = await people.viewer.expect({ path: usage }, z.object({ total: numbersSchema }))
  await startSync(people.admin, path)
  const { problem } = await eventually('the state action_required', async () => {
    const integration = await people.viewer.expect({ path }, integrationSchema)
    return integration.state === 'action_required' ? integration : undefined
  })
  expect(problem?.code === 'invalid_admin_key', `The problem is ${problem?.code}.`)
  expect(/Admin keys/.test(problem.detail), `The problem does not name the cure: ${problem.detail}`)
  const after = await people.viewer.expect({ path: usage }, z.object({ total: numbersSchema }))
  expect(JSON.stringify(after) === JSON.stringify(before), 'The figures changed with the key.')
  const body = { adminApiKey: organization.keys.nextAdmin }
  await people.admin.expect({ method: 'PATCH', path, body }, integrationSchema)
  await eventually('recovery with a new key', async () => {
    const integration = await people.viewer.expect({ path }, integrationSchema)
    return integration.state === 'connected' && integration.lastSync.state === 'succeeded' ? integration : undefined
  })
  bench.say('A revoked key: action_required with its cure, figures as before; a new key brings it back')
}

/** Starts a sync; the schedule may have started one itself, which does as well. */
async function startSync(admin: ApiClient, path: string): Promise<void> {
  const { status, text } = await admin.call('POST', `${path}/syncs`)
  expect(status === 202 || status === 409, `A sync could not be started: ${status} ${text}`)
}

function since(started: number): string {
  return `${((Date.now() - started) / 1000).toFixed(1)} s`
}
