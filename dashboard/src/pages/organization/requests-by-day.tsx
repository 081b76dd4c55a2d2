import { Skeleton } from '@mantine/core'
import type { WireUsage } from '../../../../shared/contracts/data-contract.ts'
import { DayChart } from '../../charts/day-chart.tsx'
import { stackDays } from '../../charts/stacked-days.ts'
import { Card } from '../../components/card.tsx'

/** Requests by UTC day, stacked by model. */
export function RequestsByDay({ usage }: { usage: WireUsage | undefined }) {
  return (
    <Card
      title="Requests by day"
      lead="Model requests of the completions API, by everybody in the organization: people, service accounts and former members."
    >
      <Chart usage={usage} />
    </Card>
  )
}

function Chart({ usage }: { usage: WireUsage | undefined }) {
  if (usage === undefined || usage.from === null || usage.to === null) return <Skeleton height={288} />
  const rows = [...usage.items].flatMap((row) => ('day' in row ? [row] : []))
  if (usage.total.requests === 0) return <p>No requests in these days.</p>
  return <DayChart data={stackDays(rows, usage.from, usage.to)} />
}
