import { SegmentedControl } from '@mantine/core'
import type { WireCosts } from '../../../../shared/contracts/costs-contract.ts'
import { costMeasure } from '../../charts/day-measure.ts'
import { DayChart } from '../../charts/day-chart.tsx'
import { Card } from '../../components/card.tsx'
import { preliminaryFrom } from '../../../../shared/data-sets/costs/preliminary-days.ts'
import { formatDay } from '../../format/format-time.ts'
import { capitalize } from '../../format/list-in-words.ts'
import type { SpendView } from './spend-view.ts'
import { costDaysOf, stackCosts } from './stack-costs.ts'

/** The days of both months, stacked by line item or project. */
export function CostsByDay({
  costs,
  part,
  stack,
  onStack,
}: {
  costs: WireCosts
  /** What the provider calls a project. */
  part: string
  stack: SpendView['stack']
  onStack: (stack: SpendView['stack']) => void
}) {
  const stacks = { lineItem: 'Line items', project: `${capitalize(part)}s` }
  const { from, to, asOf, currency } = costs
  const days = costDaysOf(costs.items)
  const hasCredits = days.some(({ projects, lineItems }) =>
    [...projects, ...lineItems].some(({ amount }) => amount.startsWith('-')),
  )
  return (
    <Card
      title="Costs by day"
      lead={`${formatDay(from)} – ${formatDay(to)}.${hasCredits ? ' Credits lower the totals, and have no bars.' : ''}`}
      actions={
        <SegmentedControl
          aria-label="Stacked by"
          size="xs"
          value={stack}
          onChange={(value) => onStack(value === 'project' ? value : 'lineItem')}
          data={Object.entries(stacks).map(([value, label]) => ({ value, label }))}
        />
      }
    >
      <DayChart
        data={stackCosts(days, { from, to }, stack, part)}
        measure={costMeasure(currency ?? '', stacks[stack])}
        unfinishedFrom={preliminaryFrom(asOf.to)}
      />
    </Card>
  )
}
