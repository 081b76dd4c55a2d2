import { SegmentedControl } from '@mantine/core'
import type { WireCosts } from '../../../../shared/contracts/costs-contract.ts'
import { costMeasure } from '../../charts/day-measure.ts'
import { DayChart } from '../../charts/day-chart.tsx'
import { partName, useProviderOf } from '../../api/provider-queries.ts'
import { Card } from '../../components/card.tsx'
import { RefusedReportNotice, useRefusedReport } from '../../components/refused-report.tsx'
import { preliminaryFrom } from '../../../../shared/data-sets/costs/preliminary-days.ts'
import { formatDay } from '../../format/format-time.ts'
import { capitalize } from '../../format/list-in-words.ts'
import type { SpendView } from './spend-view.ts'
import { costDaysOf, stackCosts, totalsOfDays } from './stack-costs.ts'

/** The days of both months, stacked by line item or project. In total alone, if the provider refuses the report of both. */
export function CostsByDay({
  id,
  costs: { from, to, asOf, currency, items },
  stack,
  onStack,
}: {
  id: string
  costs: WireCosts
  stack: SpendView['stack']
  onStack: (stack: SpendView['stack']) => void
}) {
  const part = partName(useProviderOf(id))
  const refused = useRefusedReport(id, 'project')
  const isStacked = refused === undefined || refused.rowsAsOf !== null
  const stacks = { lineItem: 'Line items', project: `${capitalize(part)}s` }
  const days = costDaysOf(items)
  const hasCredits = days.some(({ projects, lineItems }) =>
    [...projects, ...lineItems].some(({ amount }) => amount.startsWith('-')),
  )
  const lead = [
    `${formatDay(from)} – ${formatDay(to)}${isStacked ? '; the sums in the legend are of all these days' : ''}.`,
    hasCredits ? ' Credits lower the totals, and have no bars.' : '',
  ].join('')
  return (
    <Card
      title="Costs by day"
      lead={lead}
      actions={
        isStacked && (
          <SegmentedControl
            aria-label="Stacked by"
            size="xs"
            value={stack}
            onChange={(value) => onStack(value === 'project' ? value : 'lineItem')}
            data={Object.entries(stacks).map(([value, label]) => ({ value, label }))}
          />
        )
      }
    >
      {refused !== undefined && <RefusedReportNotice report={refused} />}
      <DayChart
        data={isStacked ? stackCosts(days, { from, to }, stack, part) : totalsOfDays(days, { from, to })}
        measure={costMeasure(currency ?? '', isStacked ? stacks[stack] : null)}
        unfinishedFrom={preliminaryFrom(asOf.to)}
      />
    </Card>
  )
}
