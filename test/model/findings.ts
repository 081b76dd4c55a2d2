import { amountText } from './amounts.ts'
import { type ModelIntegration, type ModelRoster, sameAddress } from './company.ts'
import { costOfKey, costsWindow } from './costs.ts'
import { currenciesOf, inRange } from './stored-costs.ts'
import { keysAnswer } from './lists-answers.ts'
import type { ModelPublished } from './model.ts'
import { dayAfter, dayAt, isOutside, isOwner, order } from './rules.ts'
import { allUsers, type ModelUser } from './users.ts'

/** What a recount says of a finding. */
export interface ModelFinding {
  readonly type: string
  readonly severity: string
  readonly integrationId: string
  readonly subject: { readonly kind: string; readonly id: string }
  readonly since: string | null
  readonly cost: { readonly amount: string; readonly currency: string } | null
}

type Found = Omit<ModelFinding, 'integrationId'>

/** What a completed review decided to remove. */
export interface ModelRemoval {
  readonly integrationId: string
  readonly subject: { readonly kind: string; readonly id: string }
  readonly decidedAt: string
}

/** The findings of all organizations. */
export function companyFindings(
  integrations: readonly ModelIntegration[],
  roster: ModelRoster,
  { nowMs, removals }: { readonly nowMs: number; readonly removals: readonly ModelRemoval[] },
): ModelFinding[] {
  return integrations.flatMap((integration) => {
    const { published } = integration.model
    if (published === null) return []
    const found = [
      ...connectionFindings(integration, nowMs),
      ...removalFindings(integration, published, removals),
      ...keyFindings(integration, published, nowMs),
      ...memberFindings(integration, published, { roster, today: dayAt(nowMs) }),
      ...spikes(integration, published),
    ]
    return found.map((finding) => ({ integrationId: integration.id, ...finding }))
  })
}

/** “`integration_problem`, `key_expiring`: as the integration says. High; medium.” A key’s expiry is “warned about 14 days ahead”. */
function connectionFindings({ id, model, keyExpiresAt }: ModelIntegration, nowMs: number): Found[] {
  const subject = { kind: 'integration', id }
  const warnedMs = Date.parse(keyExpiresAt ?? '9999-01-01') - 14 * 86_400_000
  const { problem } = model
  return [
    ...(problem === null
      ? []
      : [{ type: 'integration_problem', severity: 'high', subject, since: dayAt(problem.sinceMs), cost: null }]),
    ...(warnedMs > nowMs
      ? []
      : [{ type: 'key_expiring', severity: 'medium', subject, since: dayAt(warnedMs), cost: null }]),
  ]
}

/** “A review decided `remove` and completed 14 days ago, and they are still there: high.” */
function removalFindings(
  { id: integrationId, model }: ModelIntegration,
  published: ModelPublished,
  removals: readonly ModelRemoval[],
): Found[] {
  const users = allUsers(model).filter(({ accountStatus }) => accountStatus === 'active')
  const keys = keysAnswer(model, published.atMs)?.items.filter(({ status }) => status === 'active') ?? []
  return removals.flatMap((removal) => {
    const { subject, decidedAt } = removal
    const { kind, id } = subject
    const since = decidedAt.slice(0, 10)
    const isLate = dayAfter(since, 14) <= published.window.to
    const user = kind === 'member' ? users.find((each) => each.id === id) : undefined
    const isThere = user !== undefined || (kind === 'key' && keys.some((key) => key.id === id))
    if (removal.integrationId !== integrationId || !isLate || !isThere) return []
    const cost = kind === 'key' ? costOfKey(published, id) : (user?.cost ?? null)
    return [{ type: 'removal_not_done', severity: 'high', subject, since, cost }]
  })
}

/** “Leaver keys: medium; high when used after they were removed; low when inactive”. Only eternal keys are low besides. */
function keyFindings({ model }: ModelIntegration, published: ModelPublished, nowMs: number): Found[] {
  const users = new Map(allUsers(model).map((user) => [user.id, user]))
  const keys = keysAnswer(model, nowMs)?.items ?? []
  return keys.flatMap(({ id, findings, owner, lastUsedOn, status }) => {
    const removedOn = users.get(owner?.id ?? '')?.removedAt?.slice(0, 10) ?? null
    const isUsedSince = removedOn !== null && (lastUsedOn ?? '') > removedOn
    const ofLeaver = isUsedSince ? 'high' : status === 'inactive' ? 'low' : 'medium'
    return findings.map((type) => ({
      type,
      severity: type === 'leaver_key' ? ofLeaver : type === 'eternal_key' ? 'low' : 'medium',
      subject: { kind: 'key', id },
      since: type === 'leaver_key' ? removedOn : null,
      cost: costOfKey(published, id),
    }))
  })
}

function memberFindings(
  { model }: ModelIntegration,
  { window }: ModelPublished,
  { roster, today }: { readonly roster: ModelRoster; readonly today: string },
): Found[] {
  const active = allUsers(model).filter(({ kind, accountStatus }) => kind === 'person' && accountStatus === 'active')
  return active.flatMap((user) => {
    const subject = { kind: 'member', id: user.id }
    const isWithin = user.email !== null && model.domains.length > 0 && !isOutside(user.email, model.domains)
    const employee = roster.get(sameAddress(user.email) ?? '')
    const hasEnded = employee !== undefined && employee.endsOn !== null && employee.endsOn < today
    const ended = hasEnded ? dayAfter(employee.endsOn ?? '', 1) : null
    const since = dayAfter(window.to, -30)
    const isIdle = user.license === 'unused' && (user.addedAt === null || user.addedAt.slice(0, 10) < since)
    const found: [boolean, string, string, string | null, ModelUser['cost']][] = [
      [isOwner(user) && isOutside(user.email, model.domains), 'external_owner', 'high', null, user.cost],
      [isWithin && (employee === undefined || hasEnded), 'not_in_roster', 'high', ended, user.cost],
      [isIdle, 'idle_member', user.seat?.type === 'guest' ? 'medium' : 'low', null, null],
    ]
    return found.flatMap(([isFound, type, severity, dated, cost]) =>
      isFound ? [{ type, severity, subject, since: dated, cost }] : [],
    )
  })
}

/** “One of the last 14 finished days costs over 3 × the median (not zero) of the 28 days before it, at least 14 of them covered, and over 20.” */
function spikes({ id }: ModelIntegration, published: ModelPublished): Found[] {
  if (published.costs === null) return []
  const { from, to } = costsWindow(published.costs.window)
  return currenciesOf(published).flatMap((currency) => {
    const totals = new Map<string, bigint>()
    for (const row of inRange(published, { from, to })) {
      if (row.report !== 'total' || row.currency !== currency) continue
      totals.set(row.day, (totals.get(row.day) ?? 0n) + row.units)
    }
    const costOf = (day: string) => totals.get(day) ?? 0n
    return daysBefore(to, 14).flatMap((day) => {
      const units = costOf(day)
      const before = daysBefore(day, 28).filter((each) => order(each, from) >= 0)
      const sorted = before.map((each) => costOf(each)).toSorted((left, right) => Number(left - right))
      const twice = (sorted[(sorted.length - 1) >> 1] ?? 0n) + (sorted[sorted.length >> 1] ?? 0n)
      if (before.length < 14 || twice <= 0n || units * 2n <= 3n * twice || units <= 200_000_000_000n) return []
      const cost = { amount: amountText(units), currency }
      return [{ type: 'spend_spike', severity: 'medium', subject: { kind: 'integration', id }, since: day, cost }]
    })
  })
}

/** So many days before a day, the latest first. */
function daysBefore(day: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => dayAfter(day, -1 - index))
}
