import { SegmentedControl, Skeleton } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import type { WireUser } from '../../../../shared/contracts/data-contract.ts'
import type { WireIntegration } from '../../../../shared/contracts/integration-contract.ts'
import { idleView, useIdlePeople } from '../../api/data-queries.ts'
import { Card } from '../../components/card.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { LastActive } from '../../components/last-active.tsx'
import { PersonName } from '../../components/person-name.tsx'
import { SeatLabel } from '../../components/seat-label.tsx'
import { UntilKnown } from '../../components/until-known.tsx'
import { formatNumber } from '../../format/format-number.ts'
import { formatDate } from '../../format/format-time.ts'
import classes from './access-to-review.module.css'

const CHOICES = [14, 30, 60] as const
const SHOWN = 8

/** People with a seat, and no API use for some time, who are not owners. */
export function AccessToReview({ integration }: { integration: WireIntegration }) {
  const [days, setDays] = useState<number>(30)
  const idle = useIdlePeople(integration, days, SHOWN)
  const people = idle.data?.items
  const daysShown = idle.data?.idleDays ?? days
  return (
    <Card
      title="Access to review"
      lead={
        <>
          No API use in {daysShown} days, and in the organization for longer than that. Owners are left out. ChatGPT use
          is <Link href="/help#measured">not measured</Link>: ask before you remove somebody.
        </>
      }
      actions={
        <SegmentedControl
          aria-label="No API use in"
          size="xs"
          value={String(days)}
          onChange={(value) => setDays(Number(value))}
          data={CHOICES.map((count) => ({ value: String(count), label: `${count} days` }))}
        />
      }
    >
      {idle.isError && <ErrorNotice error={idle.error} retry={() => void idle.refetch()} />}
      {idle.isPending && <Skeleton height={360} />}
      <UntilKnown busy={idle.isPlaceholderData}>
        {people?.length === 0 && <p>Everybody with a seat used the API in the last {daysShown} days.</p>}
        {people !== undefined && people.length > 0 && (
          <>
            <ul className={classes.list}>
              {people.slice(0, SHOWN).map((user) => (
                <IdlePerson key={user.id} user={user} integrationId={integration.id} />
              ))}
            </ul>
            <p className={classes.more}>
              {formatNumber(people.length)} of {formatNumber(idle.data?.total ?? people.length)}.{' '}
              <Link href={`/integrations/${integration.id}/members?${new URLSearchParams(idleView(daysShown))}`}>
                Show all of them in the members list
              </Link>
            </p>
          </>
        )}
      </UntilKnown>
    </Card>
  )
}

function IdlePerson({ user, integrationId }: { user: WireUser; integrationId: string }) {
  return (
    <li className={classes.row}>
      <PersonName user={user} integrationId={integrationId} />
      <SeatLabel user={user} />
      <LastActive user={user} />
      <span className={classes.added}>{user.addedAt !== null && `Added ${formatDate(user.addedAt)}`}</span>
    </li>
  )
}
