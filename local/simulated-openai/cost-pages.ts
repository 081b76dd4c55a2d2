import { ApiError } from '../simulation/api-error.ts'
import { type AmountForm, costsOf, costsOfKind, type SimulatedCost, writtenAmount } from './cost-rows.ts'
import { listFrom } from './query.ts'
import type { SimulatedKey } from './project-keys.ts'
import { chance } from '../simulation/random.ts'
import type { Switches } from './switches.ts'
import { KINDS } from './usage-kinds.ts'
import { type DaySource, dayPage, type UsagePage } from './usage-pages.ts'
import { withoutSomeUsers } from './usage-results.ts'

const VALUE_OF = {
  project_id: (cost: SimulatedCost) => cost.projectId,
  user_id: (cost: SimulatedCost) => cost.userId,
  api_key_id: (cost: SimulatedCost) => cost.apiKeyId,
  line_item: (cost: SimulatedCost) => cost.lineItem,
} as const

type Group = keyof typeof VALUE_OF

const GROUPS: readonly Group[] = ['project_id', 'user_id', 'api_key_id', 'line_item']
const KEYS_SINCE_SECONDS = Date.UTC(2025, 11, 6) / 1000
const MAX_BUCKETS = 180
const LATELY_SECONDS = 60 * 86_400
/** Costs that no report attributes to anything, a day. */
const FEE: SimulatedCost = {
  userId: null,
  projectId: null,
  apiKeyId: null,
  lineItem: null,
  currency: 'usd',
  units: 12_345_678_901n,
  isOnlyInTotal: true,
}
const CREDIT: SimulatedCost = { ...FEE, lineItem: 'Credit', units: -7_000_000_000n, isOnlyInTotal: false }

/** Answers a query for costs in daily buckets. Throws `ApiError` for requests that OpenAI rejects. */
export function costsPage(source: DaySource): UsagePage {
  const { query, switches } = source
  const groups = listFrom(query, 'group_by').map((name) => groupOf(name))
  const status = switches.costsRefused[groups.join(',')]
  if (status !== undefined) throw new ApiError(status, 'This organization has no such costs.', 'invalid_request_error')
  if (groups.includes('api_key_id') && Number(query.get('start_time')) < KEYS_SINCE_SECONDS) {
    throw new ApiError(400, "'start_time' must not lie before 2025-12-06 for this group.", 'invalid_request_error')
  }
  // Finding the keys takes long, and only costs of usage need them.
  const costsOfUsage = source.company.areCostsReplaced ? () => [] : usageCosts(source)
  return dayPage(source, MAX_BUCKETS, ({ from, to }) => {
    const costs = [...costsOfUsage(from, to), ...source.company.costsOn(from)]
    return resultsOf(withOddities(costs, switches), groups, switches)
  })
}

type KeyOf = (cost: SimulatedCost) => string | null

/** A listed key of the project that was used lately: the person's own, or any. Without one, it is the key that usage names. */
function listedKeys({ company, now }: DaySource): KeyOf {
  const since = now.getTime() / 1000 - LATELY_SECONDS
  const wasUsed = ({ lastUsedAt }: SimulatedKey) => lastUsedAt !== null && lastUsedAt >= since
  const keys = new Map(company.projectsAt(now).map(({ id, keys: all }) => [id, all.filter((key) => wasUsed(key))]))
  const listedKey = (userId: string | null, projectId: string | null) => {
    const ofProject = keys.get(projectId ?? '') ?? []
    const own = ofProject.find(({ owner }) => owner?.id === userId)
    const any = ofProject[Math.floor(chance('key', userId ?? '', projectId ?? '') * ofProject.length)]
    return (own ?? any)?.id
  }
  // A person has a cost on most days, and the same key on all of them.
  const known = new Map<string, string | undefined>()
  return ({ userId, projectId, apiKeyId }) => {
    if (apiKeyId === null) return null
    const place = `${userId} ${projectId}`
    if (!known.has(place)) known.set(place, listedKey(userId, projectId))
    return known.get(place) ?? apiKeyId
  }
}

/** What usage costs between two instants of one day. */
function usageCosts(source: DaySource): (from: number, to: number) => SimulatedCost[] {
  const { company, now, switches } = source
  const keyOf = listedKeys(source)
  return (from, to) => {
    const ofCompletions = withoutSomeUsers(company.rowsOf(from, to, now), switches.rowsWithoutUser, from)
    const ofKinds = KINDS.flatMap((kind) =>
      company.kindRowsOf(kind, from, to, now).flatMap((row) => costsOfKind(kind.name, row)),
    )
    const costs = [...ofCompletions.flatMap((row) => costsOf(row)), ...ofKinds]
    return costs.map((cost) => ({ ...cost, apiKeyId: keyOf(cost) }))
  }
}

function withOddities(
  costs: readonly SimulatedCost[],
  { costCredits, costFees, secondCurrency }: Switches,
): SimulatedCost[] {
  const all = [...costs, ...(costCredits ? [CREDIT] : []), ...(costFees ? [FEE] : [])]
  return secondCurrency === null
    ? all
    : all.map((cost) => (cost.projectId === 'proj_research' ? { ...cost, currency: secondCurrency } : cost))
}

function resultsOf(costs: readonly SimulatedCost[], groups: readonly Group[], { costAmountsAs }: Switches): unknown[] {
  const reported = groups.length === 0 ? costs : costs.filter(({ isOnlyInTotal = false }) => !isOnlyInTotal)
  const placeOf = (cost: SimulatedCost) =>
    JSON.stringify([cost.currency, ...groups.map((group) => VALUE_OF[group](cost))])
  return [...Map.groupBy(reported, placeOf).values()].map((some) => resultOf(some, groups, costAmountsAs))
}

/** A dimension is null unless the query groups by it. */
function resultOf(costs: readonly SimulatedCost[], groups: readonly Group[], form: AmountForm): unknown {
  const [first] = costs
  const units = costs.reduce((sum, cost) => sum + cost.units, 0n)
  const values = GROUPS.map((group) => [
    group,
    first !== undefined && groups.includes(group) ? VALUE_OF[group](first) : null,
  ])
  return {
    object: 'organization.costs.result',
    amount: { value: writtenAmount(units, form), currency: first?.currency },
    ...Object.fromEntries(values),
  }
}

function groupOf(name: string): Group {
  const known = GROUPS.find((group) => group === name)
  if (known !== undefined) return known
  throw new ApiError(400, `Invalid 'group_by': '${name}'. Supported values are: ${GROUPS.join(', ')}.`, 'invalid_value')
}
