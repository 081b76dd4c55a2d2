import type { CostViews } from '../data-sets/costs/cost-views.ts'
import { preliminaryFrom } from '../data-sets/costs/preliminary-days.ts'
import { type Amount, amountOf, type AmountUnits, requireUnits } from '../domain/amount.ts'
import { addDays, type Day } from '../domain/day.ts'
import type { FindingThresholds } from '../domain/finding.ts'
import { daysOfWindow } from '../domain/window.ts'
import type { Finding } from './finding.ts'
import type { JudgedOrganization, Judgement } from './judged-organization.ts'
import { newFinding } from './new-finding.ts'

/** A day that cost far more than the days before it. */
interface Spike {
  readonly day: Day
  readonly amount: Amount
  readonly median: Amount
  readonly baselineDays: number
}

/** The findings about the costs of an organization: a day of each currency. */
export function findingsOfSpend(organization: JudgedOrganization, { thresholds }: Judgement): Finding[] {
  const { costs, integration, provider } = organization
  if (costs === null || costs.currency === null) return []
  return [costs.currency, ...costs.otherCurrencies].flatMap((currency) =>
    spikesIn(costs, currency, thresholds).map((spike) =>
      newFinding(organization, `${spike.day} ${currency}`, {
        severity: 'medium',
        subject: { kind: 'integration', id: integration.id, label: integration.name },
        since: spike.day,
        evidence: {
          type: 'spend_spike',
          ...spike,
          currency,
          preliminary: spike.day >= preliminaryFrom(costs.to),
        },
        cost: { amount: spike.amount, currency },
        action: {
          text: `Look which ${provider.partName}, person or key caused the costs of that day. If they were not intended, set a limit.`,
          url: provider.limitsUrl,
        },
      }),
    ),
  )
}

/** The last day of the reading was not over when it was read, so the days before it are judged. */
function spikesIn(costs: CostViews, currency: string, thresholds: FindingThresholds): Spike[] {
  const { spikeDays, spikeBaselineDays, spikeCoveredDays, spikeTimes, spikeAmount } = thresholds
  const totals = costs.dailyTotals(currency)
  const atLeast = requireUnits(String(spikeAmount))
  const judged = daysOfWindow({ from: addDays(costs.to, -spikeDays), to: addDays(costs.to, -1) })
  return judged.flatMap((day) => {
    const units = totals.get(day) ?? 0n
    const baseline = daysOfWindow({ from: addDays(day, -spikeBaselineDays), to: addDays(day, -1) })
      .filter((before) => before >= costs.covered.from)
      .map((before) => totals.get(before) ?? 0n)
    if (baseline.length < spikeCoveredDays || units <= atLeast) return []
    const twiceMedian = twiceMedianOf(baseline)
    if (twiceMedian <= 0n || 2n * units <= BigInt(spikeTimes) * twiceMedian) return []
    return { day, amount: amountOf(units), median: amountOf(twiceMedian / 2n), baselineDays: baseline.length }
  })
}

/** Twice, because the median of an even number of amounts lies between two of them. */
function twiceMedianOf(amounts: readonly AmountUnits[]): AmountUnits {
  const sorted = amounts.toSorted((left, right) => Number(left > right) - Number(left < right))
  const upper = Math.floor(sorted.length / 2)
  const lower = Math.ceil(sorted.length / 2) - 1
  return (sorted[lower] ?? 0n) + (sorted[upper] ?? 0n)
}
