import { useDataSet } from '../api/integration-queries.ts'
import { useProviderOf } from '../api/provider-queries.ts'
import { formatDay } from '../format/format-time.ts'
import classes from './sources-line.module.css'
import { whyUnread } from './sources-of-use.ts'

/** Says of costs among newer figures up to which day they go, and why. Nothing when the last sync read them. */
export function OlderCosts({ integrationId }: { integrationId: string }) {
  const costs = useDataSet(integrationId, 'costs')
  const provider = useProviderOf(integrationId)
  if (costs === undefined || costs.to === null || costs.state === 'current') return null
  return (
    <p className={classes.line} data-unread="true">
      Costs as of {formatDay(costs.to)}: {whyUnread(costs, provider)}.
    </p>
  )
}
