import { Skeleton } from '@mantine/core'
import type { WireUserCosts } from '../../../../shared/contracts/costs-contract.ts'
import type { WireUser } from '../../../../shared/contracts/data-contract.ts'
import type { Day } from '../../../../shared/domain/day.ts'
import { useUserCosts } from '../../api/cost-queries.ts'
import { useLicenses } from '../../api/data-queries.ts'
import { DayChart } from '../../charts/day-chart.tsx'
import { costMeasure } from '../../charts/day-measure.ts'
import { useAttributionInWords } from '../../components/attribution-in-words.ts'
import { Card } from '../../components/card.tsx'
import { OlderCosts } from '../../components/older-costs.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { totalsOfDays } from '../spend/stack-costs.ts'
import { preliminaryFrom } from '../../../../shared/data-sets/costs/preliminary-days.ts'

/** What a person cost, by day. Nothing where costs of people are not known. */
export function MemberCosts({ user, integrationId }: { user: WireUser; integrationId: string }) {
  const isKnown = user.cost !== null
  const costs = useUserCosts(integrationId, user.id, isKnown)
  const attribution = useAttributionInWords(integrationId, costs.data?.attribution)
  const licenses = useLicenses(integrationId).data
  if (!isKnown) return null
  const { data } = costs
  const lead = 'The provider’s cost report, before tax and credits.'
  return (
    <Card title="Costs by day" lead={`${lead} ${attribution}`}>
      <OlderCosts integrationId={integrationId} />
      {costs.isError && <ErrorNotice error={costs.error} retry={() => void costs.refetch()} />}
      {costs.isPending && !costs.isError && <Skeleton height={312} />}
      {data !== undefined && <Chart costs={data} from={licenses?.asOf?.from} />}
    </Card>
  )
}

/** The days of the window, as far as costs cover them. */
function Chart({
  costs: { items, asOf, currency },
  from,
}: {
  costs: WireUserCosts
  /** The first day of the window. Undefined while unknown. */
  from: Day | undefined
}) {
  if (items.length === 0 || currency === null) return <p>No costs in these days.</p>
  const first = from !== undefined && from > asOf.from ? from : asOf.from
  return (
    <DayChart
      data={totalsOfDays(items, { from: first, to: asOf.to })}
      measure={costMeasure(currency, null)}
      unfinishedFrom={preliminaryFrom(asOf.to)}
    />
  )
}
