import { Link } from 'wouter'
import type { WireCostsNotRead } from '../../../shared/contracts/company-costs-contract.ts'
import { formatDay } from '../format/format-time.ts'
import classes from './costs-not-read.module.css'

const NAMED = 5

/** Names the organizations whose costs are not, or not all, in sums over all organizations. */
export function CostsNotRead({ notRead }: { notRead: readonly WireCostsNotRead[] }) {
  if (notRead.length === 0) return null
  const more = notRead.length - NAMED
  return (
    <div className={classes.notRead}>
      <p className={classes.title}>Not all costs are in these sums:</p>
      <ul className={classes.list}>
        {notRead.slice(0, NAMED).map((each) => (
          <li key={each.integrationId}>
            <Link href={`/integrations/${each.integrationId}/spend`}>{each.integrationName}</Link>:{' '}
            {whatIsMissing(each)}
          </li>
        ))}
        {more > 0 && <li>{more} more organizations</li>}
      </ul>
    </div>
  )
}

/** An older reading counts, and so does one of a part of the days. */
function whatIsMissing({ state, costsAsOf, from, to, stale, attribution }: WireCostsNotRead): string {
  if (costsAsOf === null || from === null || to === null) {
    return state === 'not_permitted' ? 'the key may not read its costs.' : 'its costs were never read.'
  }
  if (stale || state !== 'current') return `only those up to ${formatDay(to)}; later ones could not be read.`
  if (attribution === null) return 'it is not known who caused its costs.'
  return `only those from ${formatDay(from)} to ${formatDay(to)}.`
}
