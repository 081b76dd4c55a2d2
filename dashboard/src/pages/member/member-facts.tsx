import type { ReactNode } from 'react'
import type { WireUser } from '../../../../shared/contracts/data-contract.ts'
import { notMeasured, partName, useProviderOf } from '../../api/provider-queries.ts'
import { SEAT_REASONS } from '../../components/member-labels.ts'
import { RelativeTime } from '../../components/relative-time.tsx'
import { formatDay, formatDaysAgo, formatUtcDate } from '../../format/format-time.ts'
import { capitalize } from '../../format/list-in-words.ts'
import { useNow } from '../../format/use-now.ts'
import classes from './member-facts.module.css'

const SOURCES = {
  usage: 'their requests show it',
  other_usage: 'their use of another kind shows it',
  api_key: 'one of their API keys was used that day',
} as const

/** What is known about a person, with reasons. */
export function MemberFacts({ user, integrationId }: { user: WireUser; integrationId: string }) {
  const provider = useProviderOf(integrationId)
  const now = useNow()
  return (
    <dl className={classes.facts}>
      <Fact label="Role">{user.role ?? 'The provider does not say'}</Fact>
      <Fact label="Seat">{user.seat === null ? noSeat(user) : SEAT_REASONS[user.seat.reason]}</Fact>
      <Fact label="In the organization since">
        {user.addedAt === null ? (
          'The provider does not say'
        ) : (
          <>
            {formatUtcDate(user.addedAt)} (UTC), <RelativeTime instant={user.addedAt} />
          </>
        )}
      </Fact>
      {user.removedAt !== null && (
        <Fact label="No longer found since">
          {formatUtcDate(user.removedAt)} (UTC), <RelativeTime instant={user.removedAt} />
        </Fact>
      )}
      <Fact label="Last activity">
        {user.lastActiveOn === null
          ? `No activity known. ${notMeasured(provider)}`
          : `${formatDay(user.lastActiveOn)} (UTC), ${formatDaysAgo(user.lastActiveOn, now)}`}
        {user.lastActivitySource !== null && `: ${SOURCES[user.lastActivitySource]}`}
      </Fact>
      {user.lastLoginOn !== null && (
        <Fact label="Last sign-in">
          {formatDay(user.lastLoginOn)} (UTC), {formatDaysAgo(user.lastLoginOn, now)}. A sign-in is not use of the API.
        </Fact>
      )}
      <Fact label={`${capitalize(partName(provider))}s`}>
        <Projects projects={user.projects} />
      </Fact>
    </dl>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Projects({ projects }: { projects: WireUser['projects'] }) {
  if (projects === null) return 'The provider does not say'
  if (projects.length === 0) return 'None'
  return (
    <ul className={classes.projects}>
      {projects.map(({ id, name, role }) => (
        <li key={id}>
          {name ?? id}
          {role !== null && <span className={classes.role}> ({role})</span>}
        </li>
      ))}
    </ul>
  )
}

function noSeat({ kind, accountStatus }: WireUser): string {
  if (kind === 'service_account') return 'None: service accounts are not people.'
  return `None, because the account is ${accountStatus}.`
}
