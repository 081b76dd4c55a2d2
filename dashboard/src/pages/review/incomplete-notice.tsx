import type { WireReview } from '../../../../shared/contracts/reviews-contract.ts'
import { Notice } from '../../components/notice.tsx'
import classes from './review-page.module.css'

/** Data sets as a reader calls them. */
const DATA_SETS: Readonly<Record<string, string>> = { directory: 'members', logins: 'sign-ins' }

const STATES: Readonly<Record<string, string>> = {
  stale: 'older than two schedules',
  failed: 'the last sync could not read them',
  not_permitted: 'the key may not read them',
  unavailable: 'the organization has none',
  never_read: 'never read',
}

/** Which data were accepted as they are, although they were not whole and current. */
export function IncompleteNotice({ review: { incomplete } }: { review: Pick<WireReview, 'incomplete'> }) {
  if (incomplete.length === 0) return null
  return (
    <Notice kind="warn" title="Created on incomplete data">
      The evidence says so. What was not read proves nothing.
      <ul className={classes.list}>
        {incomplete.map(({ integrationId, integrationName, dataSet, state }) => (
          <li key={`${integrationId} ${dataSet}`}>
            {integrationName}: {DATA_SETS[dataSet] ?? dataSet} ({STATES[state] ?? state.replaceAll('_', ' ')})
          </li>
        ))}
      </ul>
    </Notice>
  )
}
