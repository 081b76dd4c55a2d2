import { ApiError } from '../simulation/api-error.ts'
import { chance } from '../simulation/random.ts'
import { reportPage } from '../simulation/report-pages.ts'
import type { Reply } from '../simulation/reply.ts'
import { type ContactOf, identityOf } from './actors.ts'
import { plainPart, type CostPart, type SimulatedCost, writtenAmount } from './cost-rows.ts'
import { groupOf, type ReportRow, reportRows } from './report.ts'
import { costQuery, type CostQuery, usageQuery, type UsageQuery } from './report-query.ts'
import type { AnthropicAsked } from './routes.ts'
import type { Switches } from './switches.ts'
import type { Attribution, SimulatedRow } from './usage-rows.ts'
import { timestampOf } from './timestamp.ts'

export const BETA = 'analytics-usage-cost-2026-08-24'
const MS_PER_HOUR = 3_600_000
const NOTHING: Attribution = { actor: null, model: null, product: null, apiKeyId: null, workspaceId: null }
const ADJUSTMENT = { ...NOTHING, currency: 'USD', requests: 0 }
const FEE: SimulatedCost = { ...ADJUSTMENT, parts: [plainPart(12_345_678_901n)], isOnlyInTotal: true }
const CREDIT: SimulatedCost = { ...ADJUSTMENT, parts: [plainPart(-7_000_000_000n)] }

const METRICS: Readonly<Record<UsageQuery['metric'], (row: SimulatedRow) => number>> = {
  total_tokens: (row) => totalTokens(row),
  requests: ({ requests }) => requests,
  output_tokens: ({ outputTokens }) => outputTokens,
  uncached_input_tokens: ({ uncachedInputTokens }) => uncachedInputTokens,
}

/** Answers a query for usage. Throws `ApiError` for requests that Anthropic rejects. */
export function usageReport(asked: AnthropicAsked): Reply {
  const { query, company, switches, now } = asked
  refuseUnavailable(asked)
  const report = usageQuery(query, now, switches)
  const refreshedAt = refreshTime(now)
  const itemsOn = (day: number) => company.rowsOn(day, refreshedAt).map((row) => disguised(row, day, switches))
  const metricOf = (rows: readonly SimulatedRow[]) => BigInt(sum(rows, METRICS[report.metric]))
  const contactOf = contactsOf(asked)
  return pageOf(asked, report.limit, reportRows(report, itemsOn, { metricOf }), ({ items, ...bounds }) => [
    { ...bounds, group: groupOf(items[0] ?? NOTHING, report.groups, contactOf, switches), usage: usageOf(items) },
  ])
}

/** The same for costs. */
export function costReport(asked: AnthropicAsked): Reply {
  const { query, company, switches, now } = asked
  refuseUnavailable(asked)
  const report = costQuery(query, now, switches)
  if (report.groups.length > 0 && switches.costPartsRefused !== null) {
    throw new ApiError(switches.costPartsRefused, 'group_by[]: not available to this organization')
  }
  const refreshedAt = refreshTime(now)
  const itemsOn = (day: number) => {
    const costs = company.costsOn(day, refreshedAt).map((cost) => disguised(inCurrency(cost, switches), day, switches))
    const isPast = day * 24 * MS_PER_HOUR <= refreshedAt.getTime()
    const fees = switches.costFees && isPast ? [FEE] : []
    const all = [...costs, ...(switches.costCredits && isPast ? [CREDIT] : []), ...fees]
    return report.groups.length === 0 ? all : all.filter(({ isOnlyInTotal = false }) => !isOnlyInTotal)
  }
  const isList = report.metric === 'list_amount'
  const metricOf = (costs: readonly SimulatedCost[]) => unitsIn(partsOf(costs), isList)
  const rows = reportRows(report, itemsOn, { metricOf, keyOf: ({ currency }) => currency })
  const contactOf = contactsOf(asked)
  return pageOf(asked, report.limit, rows, ({ items, ...bounds }) => {
    const group = groupOf(items[0] ?? NOTHING, report.groups, contactOf, switches)
    return componentsOf(items, report).map(({ costType, tokenType, parts, requests }) => ({
      ...bounds,
      group: { ...group, cost_type: costType, token_type: tokenType },
      cost: {
        amount: writtenAmount(unitsIn(parts, false), switches.costAmountsAs),
        list_amount: writtenAmount(unitsIn(parts, true), switches.costAmountsAs),
        currency: items[0]?.currency,
        requests,
      },
    }))
  })
}

function refuseUnavailable({ headers, switches, path }: AnthropicAsked): void {
  switch (switches.analyticsRefused) {
    case 'hipaa_readiness':
      throw new ApiError(400, 'This endpoint is not available to organizations with HIPAA readiness enabled.')
    case 'not_enrolled':
      throw new ApiError(400, 'This organization is not enrolled in this beta.', 'organization_not_enrolled_in_beta')
    case 'not_found':
      throw new ApiError(404, `Not found: ${path}`)
    case null:
  }
  const betas = String(headers['anthropic-beta'] ?? '').split(',')
  if (!betas.some((beta) => beta.trim() === BETA)) {
    throw new ApiError(400, `anthropic-beta: this endpoint is in beta and requires ${BETA}`)
  }
}

function pageOf<Item>(
  { query, now, switches }: AnthropicAsked,
  limit: number,
  all: readonly ReportRow<Item>[],
  shown: (row: ReportRow<Item>) => unknown[],
): Reply & Record<string, unknown> {
  const page = reportPage(query, all, limit, switches)
  return {
    data: page.items.flatMap((row) => shown(row)),
    has_more: page.has_more,
    next_page: page.next_page,
    data_refreshed_at: switches.refreshUnknown ? null : timestampOf(refreshTime(now).getTime()),
  }
}

/** Reports are refreshed every hour. */
function refreshTime(now: Date): Date {
  return new Date(now.getTime() - (now.getTime() % MS_PER_HOUR))
}

function contactsOf({ company, now }: AnthropicAsked): ContactOf {
  const members = new Map(company.usersAt(now).map((member) => [member.id, member]))
  return (userId) => company.contactOf(userId, members)
}

/** What the switches hide of whom and what something belongs to. */
function disguised<Item extends Attribution>(item: Item, day: number, switches: Switches): Item {
  const { rowsWithoutActor, unknownProducts } = switches
  const isHidden = rowsWithoutActor > 0 && chance(identityOf(item.actor), item.model ?? '', day) < rowsWithoutActor
  return {
    ...item,
    ...(isHidden && { actor: null }),
    ...(unknownProducts && item.product === 'claude_code' && { product: 'claude_hologram' }),
  }
}

function inCurrency(cost: SimulatedCost, { secondCurrency }: Switches): SimulatedCost {
  const isOther = secondCurrency !== null && cost.workspaceId === 'wrkspc_01research'
  return isOther ? { ...cost, currency: secondCurrency } : cost
}

function usageOf(rows: readonly SimulatedRow[]): unknown {
  return {
    requests: sum(rows, METRICS.requests),
    uncached_input_tokens: sum(rows, METRICS.uncached_input_tokens),
    cache_read_input_tokens: sum(rows, (row) => row.cacheReadInputTokens),
    cache_creation: {
      ephemeral_5m_input_tokens: sum(rows, (row) => row.cacheCreation5mInputTokens),
      ephemeral_1h_input_tokens: sum(rows, (row) => row.cacheCreation1hInputTokens),
    },
    output_tokens: sum(rows, METRICS.output_tokens),
    total_tokens: sum(rows, METRICS.total_tokens),
    server_tool_use: { web_search_requests: sum(rows, (row) => row.webSearches) },
  }
}

function totalTokens(row: SimulatedRow): number {
  const created = row.cacheCreation5mInputTokens + row.cacheCreation1hInputTokens
  return row.uncachedInputTokens + row.cacheReadInputTokens + created + row.outputTokens
}

interface Component {
  readonly costType: string | null
  readonly tokenType: string | null
  readonly parts: readonly CostPart[]
  readonly requests: number | null
}

/** One row, or one for each component that the query asks for. Requests are not split. */
function componentsOf(costs: readonly SimulatedCost[], { groups }: CostQuery): Component[] {
  const parts = partsOf(costs)
  const byToken = groups.includes('token_type')
  const byCost = groups.includes('cost_type')
  if (!byToken && !byCost) {
    return [{ costType: null, tokenType: null, parts, requests: sum(costs, ({ requests }) => requests) }]
  }
  const wanted = byCost ? parts : parts.filter(({ costType }) => costType === 'tokens')
  const byPlace = Map.groupBy(wanted, ({ costType, tokenType }) => JSON.stringify([costType, byToken && tokenType]))
  return [...byPlace.values()].map((some) => ({
    costType: some[0]?.costType ?? null,
    tokenType: byToken ? (some[0]?.tokenType ?? null) : null,
    parts: some,
    requests: null,
  }))
}

function partsOf(costs: readonly SimulatedCost[]): CostPart[] {
  return costs.flatMap(({ parts }) => parts)
}

function unitsIn(parts: readonly CostPart[], isList: boolean): bigint {
  return parts.reduce((total, { units, listUnits }) => total + (isList ? listUnits : units), 0n)
}

function sum<Item>(items: readonly Item[], numberOf: (item: Item) => number): number {
  return items.reduce((total, item) => total + numberOf(item), 0)
}
