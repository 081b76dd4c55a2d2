import type { WireCosts } from '../../../../shared/contracts/costs-contract.ts'
import type { Amount } from '../../../../shared/domain/amount.ts'
import type { Day } from '../../../../shared/domain/day.ts'
import { type DayPart, stackDays, type StackedDays } from '../../charts/stacked-days.ts'
import { unitsIn } from '../../format/format-money.ts'
import { UNATTRIBUTED } from './cost-rows.ts'
import type { SpendView } from './spend-view.ts'

export type CostDay = Extract<WireCosts['items'][number], { day: unknown }>

/** The days of an answer. */
export function costDaysOf(items: WireCosts['items']): CostDay[] {
  return [...items].flatMap((item) => ('day' in item ? [item] : []))
}

/** The days from one to another, stacked by line item or project. `part` is what the provider calls a project. */
export function stackCosts(
  rows: readonly CostDay[],
  { from, to }: { readonly from: Day; readonly to: Day },
  by: SpendView['stack'],
  part: string,
): StackedDays {
  const parts = (row: CostDay) => (by === 'project' ? row.projects.map(projectPart) : row.lineItems.map(lineItemPart))
  const days = rows.map((row) => ({ day: row.day, total: unitsIn(row.amount), parts: parts(row) }))
  return stackDays(days, from, to, by === 'project' ? `Other ${part}s` : 'Other line items')
}

function projectPart({ projectId, name, amount }: CostDay['projects'][number]): DayPart {
  return { id: projectId ?? '', name: projectId === null ? UNATTRIBUTED : (name ?? projectId), value: unitsIn(amount) }
}

function lineItemPart({ lineItem, amount }: CostDay['lineItems'][number]): DayPart {
  return { id: lineItem ?? '', name: lineItem ?? UNATTRIBUTED, value: unitsIn(amount) }
}

/** The days from one to another, each as a single sum. */
export function totalsOfDays(
  rows: readonly { readonly day: Day; readonly amount: Amount }[],
  { from, to }: { readonly from: Day; readonly to: Day },
): StackedDays {
  const days = rows.map(({ day, amount }) => {
    const total = unitsIn(amount)
    return { day, total, parts: [{ id: 'cost', name: 'Cost', value: total }] }
  })
  return stackDays(days, from, to, '')
}
