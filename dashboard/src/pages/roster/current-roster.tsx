import { Skeleton } from '@mantine/core'
import { useRef, useState } from 'react'
import { Link } from 'wouter'
import { operations } from '../../../../shared/contracts/operations.ts'
import { useApi } from '../../api/api-context.ts'
import { useRosterSize } from '../../api/people-queries.ts'
import { useDeleteRoster } from '../../api/roster-queries.ts'
import { Card } from '../../components/card.tsx'
import { csvFile, DownloadButtons } from '../../components/download-buttons.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { findingsAddress } from '../../components/findings-address.ts'
import { SteadyButton } from '../../components/steady-button.tsx'
import { formatCount } from '../../format/format-number.ts'
import classes from './roster.module.css'

/** Whether there is a roster, its download and its removal. */
export function CurrentRoster() {
  const api = useApi()
  const size = useRosterSize()
  const create = async () => ({
    content: csvFile((await api.csv(operations.getRoster, {})).content),
    name: 'Rollcall roster.csv',
  })
  const employees = size.data ?? null
  return (
    <Card title="Current roster">
      {size.isError && <ErrorNotice error={size.error} retry={() => void size.refetch()} />}
      {size.isPending && <Skeleton height={64} />}
      {size.isSuccess && (
        <p className={classes.text} role="status">
          {employees === null
            ? 'None is set. Until there is one, nobody is reported as having left the company.'
            : `${formatCount(employees, 'employee')} listed. People with a company address who are not among them, or whose last day is over, are reported. `}
          {employees !== null && (
            <Link href={findingsAddress({ type: 'not_in_roster' })}>Show people who are not in it</Link>
          )}
        </p>
      )}
      {employees !== null && (
        <div className={classes.buttons}>
          <DownloadButtons downloads={[{ label: 'Download CSV', create }]} isReady />
          <RemoveButton />
        </div>
      )}
    </Card>
  )
}

/** Removes the roster at the second press. */
function RemoveButton() {
  const [isAsked, setIsAsked] = useState(false)
  const remove = useDeleteRoster()
  const first = useRef<HTMLDivElement>(null)
  const ask = (isNowAsked: boolean) => {
    setIsAsked(isNowAsked)
    // The pressed button is replaced: the focus moves to the one in its place.
    requestAnimationFrame(() => first.current?.querySelector('button')?.focus())
  }
  return (
    <div ref={first} className={classes.buttons} role="group" aria-label="Remove the roster">
      {!isAsked && (
        <SteadyButton variant="default" size="xs" onClick={() => ask(true)}>
          Remove
        </SteadyButton>
      )}
      {isAsked && (
        <>
          <span>Departments, managers and what is reported about people who left go with it.</span>
          <SteadyButton size="xs" color="red" busy={remove.isPending} onClick={() => remove.mutate()}>
            Remove the roster
          </SteadyButton>
          <SteadyButton variant="default" size="xs" onClick={() => ask(false)}>
            Keep it
          </SteadyButton>
        </>
      )}
      {remove.isError && <ErrorNotice error={remove.error} />}
    </div>
  )
}
