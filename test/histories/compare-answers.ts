import { parse } from 'csv-parse/sync'
import * as z from 'zod'
import { type Compared, get, rangeWithin, same } from './compared.ts'
import { compareCosts } from './compare-costs.ts'
import { compareKinds } from './compare-kinds.ts'
import { compareLists } from './compare-lists.ts'
import { comparePrints } from './compare-prints.ts'
import { compareRecord } from './compare-record.ts'
import type { Draw } from './draw.ts'
import type { Model } from '../model/model.ts'
import {
  asOfAnswer,
  integrationAnswer,
  licensesAnswer,
  sourcesAnswer,
  usageAnswer,
  userUsageAnswer,
} from '../model/answers.ts'
import { allUsers, type ModelUsersQuery, usersBy } from '../model/users.ts'

const page = z.object({
  items: z.array(z.unknown()),
  nextCursor: z.string().nullable(),
  total: z.number(),
  asOf: z.unknown(),
  sources: z.unknown(),
})
const problem = z.object({ code: z.string() }).nullable()
const code = problem.transform((told) => told?.code ?? null)
const byPart = <Missing extends { part: string }>(missing: Missing[]) =>
  missing.toSorted((left, right) => (left.part < right.part ? -1 : 1))
const withCode = <Told extends { problem: string | null }>({ problem: told, ...rest }: Told) => ({
  ...rest,
  code: told,
})
const sync = z
  .object({
    id: z.string(),
    trigger: z.string(),
    state: z.string(),
    problem: code,
    read: z.record(z.string(), z.number()),
    removedUsers: z.number(),
    dataSets: z.array(
      z.object({ id: z.string(), outcome: z.string(), rows: z.number(), problem: code }).transform(withCode),
    ),
  })
  .transform(withCode)
const syncs = z.object({ items: z.array(sync) })
const integration = z.object({
  state: z.string(),
  problem: z.object({ code: z.string(), since: z.string() }).nullable(),
  companyDomains: z.array(z.string()),
  companyDomainsInferred: z.boolean(),
  lastSuccessfulSyncAt: z.string().nullable(),
  counts: z.record(z.string(), z.number()),
  recordedSyncId: z.string().nullable(),
  dataSets: z.array(
    z
      .object({
        id: z.string(),
        state: z.string(),
        problem: code,
        syncedAt: z.string().nullable(),
        from: z.string().nullable(),
        to: z.string().nullable(),
        missing: z
          .array(z.object({ part: z.string(), code: z.string(), rowsAsOf: z.string().nullable() }))
          .transform(byPart),
      })
      .transform(withCode),
  ),
  lastSync: sync.nullable(),
})

const SORTS = ['name', 'email', 'role', 'lastActiveOn', 'requests', 'cost', 'addedAt', 'removedAt'] as const

/**
 * Compares every answer about an integration with the model's: the integration and its syncs, users by several queries
 * with one export, a person with their usage, usage in its three groupings, and licenses. Returns the number of
 * compared answers.
 */
export async function compareAnswers(compared: Compared): Promise<number> {
  const { api, model, draw } = compared
  const nowMs = api.clock.now.getTime()
  const got = (path: string) => get(compared, path)
  same('integration', integration.parse(await got('')), integrationAnswer(model))
  same('syncs', syncs.parse(await got('/syncs')).items, model.syncs)
  same('licenses', await got('/licenses'), licensesAnswer(model, nowMs))
  for (const groupBy of ['day', 'model', 'user'] as const) {
    const range = draw.chance(0.5) ? {} : rangeWithin(model.published, draw)
    const path = `/usage?${new URLSearchParams({ groupBy, ...range }).toString()}`
    same(path, await got(path), usageAnswer(model, nowMs, groupBy, range))
  }
  const drawn = queryOf(model, draw)
  let answers = 6
  for (const query of [{}, { accountStatus: 'any', kind: 'any' }, queryOf(model, draw), drawn]) {
    answers += await compareUsers(compared, query)
  }
  await compareExport(compared, drawn)
  answers += (await compareKinds(compared)) + (await compareLists(compared))
  if (compared.readsCosts === true) {
    answers += await compareCosts(compared)
    await compareRecord(compared)
  }
  if (model.hasPrints) answers += await comparePrints(compared)
  return answers + 1 + (await compareSomebody(compared))
}

/** A list of users, read page by page. Gives how many pages it took. */
async function compareUsers(compared: Compared, query: ModelUsersQuery): Promise<number> {
  const { api, model, draw } = compared
  const limit = String(draw.unless(0.1, 1_000, 4))
  const expected = usersBy(model, query)
  const items: unknown[] = []
  let cursor: string | null = null
  let pages = 0
  do {
    const parameters = new URLSearchParams({ limit, ...(cursor !== null && { cursor }) })
    for (const [name, value] of Object.entries(query)) parameters.set(name, String(value))
    const path = `/users?${parameters.toString()}`
    const answer = page.parse(await get(compared, path))
    same(`${path}: asOf`, answer.asOf, asOfAnswer(model, api.clock.now.getTime()))
    same(`${path}: sources`, answer.sources, sourcesAnswer(model))
    same(`${path}: total`, answer.total, expected.length)
    items.push(...answer.items)
    cursor = answer.nextCursor
    pages += 1
  } while (cursor !== null && pages <= expected.length)
  same(`users by ${JSON.stringify(query)}`, items, expected)
  return pages
}

/** A list as CSV: whom it holds, in which order, with which seat, license and requests. */
async function compareExport({ api, id, model }: Compared, query: ModelUsersQuery): Promise<void> {
  const parameters = new URLSearchParams({ format: 'csv' })
  for (const [name, value] of Object.entries(query)) parameters.set(name, String(value))
  const answer = await api.request('GET', `/integrations/${id}/users?${parameters.toString()}`)
  const rows: Record<string, string>[] = parse(answer.text, { columns: true })
  const told = rows.map((row) => [row['id'], row['seatType'], row['license'], row['requests']])
  const wanted = usersBy(model, query).map((user) => [
    user.id,
    user.seat?.type ?? '',
    user.license ?? '',
    String(user.requests),
  ])
  same(`CSV of users by ${JSON.stringify(query)}`, told, wanted)
}

/** Somebody the last successful sync knows, or somebody it does not. Gives how many answers were compared. */
async function compareSomebody(compared: Compared): Promise<number> {
  const { api, id, model, draw } = compared
  const known = allUsers(model)
  const user = known.length > 0 && draw.chance(0.9) ? draw.pick(known) : null
  const path = `/users/${encodeURIComponent(user?.id ?? 'user-unheard-of')}`
  if (user === null) {
    const answer = await api.request('GET', `/integrations/${id}${path}`)
    same(path, answer.status, 404)
    return 1
  }
  same(path, await get(compared, path), user)
  const range = draw.chance(0.5) ? {} : rangeWithin(model.published, draw)
  const usagePath = `${path}/usage?${new URLSearchParams(range).toString()}`
  same(usagePath, await get(compared, usagePath), userUsageAnswer(model, api.clock.now.getTime(), user.id, range))
  return 2
}

/** Leaves out a role, and owners as such. */
function exceptFor(role: string): ModelUsersQuery {
  return role.toLowerCase() === 'owner' ? { owner: 'false' } : { excludeRole: role }
}

function queryOf(model: Model, draw: Draw): ModelUsersQuery {
  const roles = allUsers(model).flatMap((user) => user.role ?? [])
  const sort = draw.pick(SORTS)
  return {
    sort: draw.chance(0.5) ? sort : `-${sort}`,
    ...(draw.chance(0.3) && { q: draw.pick(['a', 'ACME', 'guest.', '@', 'zz', 'cenek', 'Lukasz', 'ADÁM']) }),
    ...(draw.chance(0.2) && roles.length > 0 && { role: draw.pick(roles) }),
    ...(draw.chance(0.2) && roles.length > 0 && exceptFor(draw.pick(roles))),
    ...(draw.chance(0.3) && { seat: draw.pick(['member', 'guest']) }),
    ...(draw.chance(0.3) && { license: draw.pick(['in_use', 'unused', 'no_data']) }),
    ...(draw.chance(0.5) && { accountStatus: draw.pick(['active', 'disabled', 'banned', 'removed', 'any']) }),
    ...(draw.chance(0.3) && { kind: draw.pick(['person', 'service_account', 'any']) }),
    ...(draw.chance(0.3) && { idleDays: draw.pick([1, 30, 60, ...daysSinceSeen(model)]) }),
  }
}

/**
 * The number of days back from the window's last day on which people were last active, which are the boundaries of
 * idleness.
 */
function daysSinceSeen(model: Model): number[] {
  const lastDay = Date.parse(model.published?.window.to ?? '')
  return allUsers(model)
    .flatMap((user) => user.lastActiveOn ?? [])
    .map((day) => (lastDay - Date.parse(day)) / 86_400_000 + 1)
    .flatMap((days) => [days - 1, days])
    .filter((days) => days >= 1 && days <= 999)
}
