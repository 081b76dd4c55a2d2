import { stateBy } from './data-sets.ts'
import { pendingInvites } from './lists.ts'
import { missingAnswer, olderOfKinds, otherKindsOn } from './kinds.ts'
import type { Model, ModelReading } from './model.ts'
import { costsWindow, missingReports } from './costs.ts'
import { allUsers, type ModelUser } from './users.ts'
import type { ModelNumbers, ModelUsage } from './organization.ts'
import { dayAfter, isSomething, type ModelWindow, kindNamedBy, NOTHING, order, sumOf } from './rules.ts'

const HOUR = 3_600_000
const SCHEDULE_MS = 6 * HOUR
/** How long a scheduled sync may take before it counts as missed. */
const GRACE_MS = 10 * 60_000

/** “`stale` after two missed schedules”: runs lie at 0, 6, 12 and 18 o'clock UTC. */
export function asOfAnswer({ published }: { readonly published: ModelReading | null }, nowMs: number) {
  if (published === null) return null
  const { syncId, atMs, window } = published
  const secondRunMs = (Math.floor(atMs / SCHEDULE_MS) + 2) * SCHEDULE_MS
  const stale = nowMs > secondRunMs + GRACE_MS
  return { syncId, syncedAt: new Date(atMs).toISOString(), from: window.from, to: window.to, stale }
}

/** Usage of a range of the window, with its total. */
export function usageAnswer(
  model: Model,
  nowMs: number,
  groupBy: 'day' | 'model' | 'user',
  range: Partial<ModelWindow>,
) {
  const { published } = model
  const shown = published === null ? { from: null, to: null } : { ...published.window, ...range }
  const rows = rowsIn(model, range)
  const items = { day: () => byDay(rows), model: () => byModel(rows), user: () => byUser(model, rows) }[groupBy]()
  return { asOf: asOfAnswer(model, nowMs), ...shown, groupBy, items, nextCursor: null, total: sumOf(rows) }
}

export function userUsageAnswer(model: Model, nowMs: number, userId: string, range: Partial<ModelWindow>) {
  const own = byDay(rowsIn(model, range).filter((row) => row.userId === userId))
  const { from, to } = { from: '', to: '9999', ...model.published?.window, ...range }
  const others = (model.published?.others?.rows ?? []).filter(
    (row) => row.userId === userId && from <= row.day && row.day <= to,
  )
  const days = [...new Set([...own.map(({ day }) => day), ...others.map(({ day }) => day)])].toSorted(order)
  const items = days.map((day) => ({
    ...(own.find((each) => each.day === day) ?? { day, ...NOTHING, models: [] }),
    otherKinds: otherKindsOn(day, others),
  }))
  return { items, nextCursor: null, asOf: asOfAnswer({ published: olderOfKinds(model) }, nowMs) }
}

export function licensesAnswer(model: Model, nowMs: number) {
  const users = allUsers(model)
  const people = users.filter((user) => user.kind === 'person')
  const active = people.filter((user) => user.accountStatus === 'active')
  const counts = countsOf(users)
  const seen = (days: number) => {
    const since = dayAfter(model.published?.window.to ?? '1970-01-01', 1 - days)
    return people.filter((user) => user.seat !== null && user.lastActiveOn !== null && user.lastActiveOn >= since)
      .length
  }
  return {
    asOf: asOfAnswer(model, nowMs),
    sources: sourcesAnswer(model),
    people: {
      active: active.length,
      disabled: people.filter((user) => user.accountStatus === 'disabled').length,
      banned: people.filter((user) => user.accountStatus === 'banned').length,
    },
    serviceAccounts: users.filter((user) => user.kind === 'service_account' && user.removedAt === null).length,
    pendingInvites: pendingInvites(model),
    seats: { member: counts.members, guest: counts.guests },
    licenses: { inUse: counts.inUse, unused: counts.unused, noData: counts.noData },
    roles: [...Map.groupBy(active, (user) => user.role)]
      .map(([role, holders]) => ({ role, people: holders.length }))
      .toSorted((left, right) => right.people - left.people || order(left.role ?? '', right.role ?? '')),
    activePeople: { today: seen(1), last7Days: seen(7), last30Days: seen(30) },
  }
}

/**
 * “Which sources were read”: what evidence of use there is, for all of the window. Prints are none, keys are. A kind that the
 * organization never had is no lack, and a data set that this sync was refused as a whole is no source.
 */
export function sourcesAnswer({ published, dataSetProblems }: Model): string[] {
  if (published === null) return []
  const { others, keys, window } = published
  const isRefused = (id: string, { syncId }: ModelReading) =>
    syncId !== published.syncId && ['not_permitted', 'unavailable'].includes(stateBy(dataSetProblems[id] ?? ''))
  const isWhole =
    others !== null &&
    !isRefused('other_usage', others) &&
    others.window.to >= window.to &&
    others.missing.every(({ status, readAtMs }) => status === 404 && readAtMs === null)
  const hasKeys = keys !== null && !isRefused('keys', keys) && keys.window.to >= window.to
  return ['usage', ...(isWhole ? ['other_usage'] : []), ...(hasKeys ? ['keys'] : [])]
}

/** What the integration says of its data sets. `published` has the last reading of each. */
function dataSetsAnswer({ published, dataSetProblems, hasPrints, provider }: Model) {
  const others = published?.others ?? null
  const readings: [string, ModelReading | null][] = [
    ['directory', published],
    ['usage', published],
    ['other_usage', others],
    ['costs', published?.costs == null ? null : { ...published.costs, window: costsWindow(published.costs.window) }],
    ['keys', published?.keys ?? null],
    ['invites', published?.invites ?? null],
    ...(provider === 'openai'
      ? [['logins', published?.logins == null ? null : published] as [string, ModelReading | null]]
      : []),
    ...(hasPrints ? [['prints', published?.prints ?? null] as [string, ModelReading | null]] : []),
  ]
  const missingOf: Readonly<Record<string, readonly object[]>> = {
    other_usage: missingAnswer(others),
    costs: missingReports(published?.costs ?? null),
  }
  return readings.map(([id, reading]) => {
    const code = dataSetProblems[id] ?? null
    const read = reading === null ? 'never_read' : 'current'
    return {
      id,
      state: code === null ? read : stateBy(code),
      code,
      syncedAt: reading === null ? null : new Date(reading.atMs).toISOString(),
      from: reading?.window.from ?? null,
      to: reading?.window.to ?? null,
      missing: missingOf[id] ?? [],
    }
  })
}

/** What the integration says of its state, its newest sync and its counts. */
export function integrationAnswer(model: Model) {
  const { problem, published, syncs } = model
  return {
    state: problem === null ? 'connected' : 'action_required',
    problem: problem === null ? null : { code: problem.code, since: new Date(problem.sinceMs).toISOString() },
    companyDomains: [...model.domains],
    companyDomainsInferred: model.companyDomains.length === 0,
    lastSuccessfulSyncAt: published === null ? null : new Date(published.atMs).toISOString(),
    counts: countsOf(allUsers(model)),
    recordedSyncId: model.recordedSyncId,
    dataSets: dataSetsAnswer(model),
    lastSync: syncs[0] ?? null,
  }
}

function countsOf(users: readonly ModelUser[]) {
  return {
    members: users.filter((user) => user.seat?.type === 'member').length,
    guests: users.filter((user) => user.seat?.type === 'guest').length,
    inUse: users.filter((user) => user.license === 'in_use').length,
    unused: users.filter((user) => user.license === 'unused').length,
    noData: users.filter((user) => user.license === 'no_data').length,
  }
}

function rowsIn({ published }: Model, { from = '', to = '9999' }: Partial<ModelWindow>): ModelUsage[] {
  return (published?.usage ?? []).filter((row) => from <= row.day && row.day <= to)
}

/** A row for each day with usage, and in it one for each model. */
export function byDay(rows: readonly ModelUsage[]) {
  return [...Map.groupBy(rows, (row) => row.day)]
    .map(([day, own]) => ({
      day,
      ...sumOf(own),
      models: byModel(own).toSorted((left, right) => order(left.model, right.model)),
    }))
    .toSorted((left, right) => order(left.day, right.day))
}

function byModel(rows: readonly ModelUsage[]) {
  return [...Map.groupBy(rows, (row) => row.model)]
    .map(([model, own]) => ({ model, ...sumOf(own) }))
    .toSorted((left, right) => right.requests - left.requests || order(left.model, right.model))
}

function byUser(model: Model, rows: readonly ModelUsage[]) {
  const { own, rest } = userGroups(model, rows)
  const summed = own
    .map((group) => ({ ...group.user, ...sumOf(group.rows) }))
    .toSorted((left, right) => right.requests - left.requests || order(left.userId, right.userId))
  return [...summed, ...rest.map((group) => ({ ...group.user, ...sumOf(group.rows) }))].filter((row: ModelNumbers) =>
    isSomething(row),
  )
}

/**
 * The rows of each `member`, `service_account` (listed or not) and removed person still kept (`former_member`), and then of
 * `not_listed` (ids of people that no kept person has) and `unattributed`.
 */
export function userGroups<Row extends { readonly userId: string | null }>(
  model: Model,
  rows: readonly Row[],
  kinds: ReadonlyMap<string, string> = new Map(),
) {
  const kept = new Map((model.published?.people ?? []).map((person) => [person.id, person]))
  const ids = [...new Set(rows.map((row) => row.userId))].filter((id) => id !== null)
  const kindOf = (id: string) => {
    const person = kept.get(id)
    if (person?.isServiceAccount === true) return 'service_account'
    const named = kindNamedBy(id)
    if (named !== null) return named
    if (person === undefined) return kinds.get(id) ?? 'not_listed'
    return person.removedAt === null ? 'member' : 'former_member'
  }
  const own = ids
    .filter((id) => kindOf(id) !== 'not_listed')
    .map((id) => ({
      user: { userId: id, name: kept.get(id)?.name ?? null, email: kept.get(id)?.email ?? null, kind: kindOf(id) },
      rows: rows.filter((row) => row.userId === id),
    }))
  const strangers = rows.filter((row) => row.userId !== null && kindOf(row.userId) === 'not_listed')
  const nobody = rows.filter((row) => row.userId === null)
  const many = { userId: null, name: null, email: null }
  const rest = [
    { user: { ...many, kind: 'not_listed' }, rows: strangers },
    { user: { ...many, kind: 'unattributed' }, rows: nobody },
  ]
  return { own, rest }
}
