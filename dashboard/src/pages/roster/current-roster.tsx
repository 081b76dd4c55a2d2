import { Skeleton } from '@mantine/core'
import { Link } from 'wouter'
import { operations } from '../../../../shared/contracts/operations.ts'
import { useApi } from '../../api/api-context.ts'
import { useRosterSize } from '../../api/people-queries.ts'
import { useDeleteRoster, useRosterUpload } from '../../api/roster-queries.ts'
import { Card } from '../../components/card.tsx'
import { ConfirmAction } from '../../components/confirm-action.tsx'
import { csvFile, DownloadButtons } from '../../components/download-buttons.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { findingsAddress } from '../../components/findings-address.ts'
import { RelativeTime } from '../../components/relative-time.tsx'
import { formatCount } from '../../format/format-number.ts'
import { formatUtcDate } from '../../format/format-time.ts'
import classes from './roster.module.css'

/** Whether there is a roster, when and by whom it was uploaded, its download and its removal. */
export function CurrentRoster() {
  const api = useApi()
  const size = useRosterSize()
  const create = async () => ({
    content: csvFile((await api.csv(operations.getRoster, {})).content),
    name: 'Rollcall roster.csv',
  })
  const employees = size.data ?? null
  const upload = useRosterUpload(employees !== null)
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
        <>
          <Uploaded upload={upload} />
          <div className={classes.buttons}>
            <DownloadButtons downloads={[{ label: 'Download CSV', create }]} isReady />
            <RemoveButton employees={employees} />
          </div>
        </>
      )}
    </Card>
  )
}

/** When and by whom the roster was uploaded. It keeps its place while that is not known. */
function Uploaded({ upload }: { upload: ReturnType<typeof useRosterUpload> }) {
  if (upload.isError) return <ErrorNotice error={upload.error} retry={() => void upload.refetch()} />
  if (upload.isPending) return <p className={classes.text}>{'\u00A0'}</p>
  if (upload.data === null) {
    return <p className={classes.text}>No audit event of the last 400 days says when and by whom it was uploaded.</p>
  }
  const { at, actor } = upload.data
  return (
    <p className={classes.text}>
      Uploaded on {formatUtcDate(at)} (UTC), <RelativeTime instant={at} />, by {actor.name ?? actor.subject}.
    </p>
  )
}

function RemoveButton({ employees }: { employees: number }) {
  const remove = useDeleteRoster()
  return (
    <ConfirmAction
      label="Remove"
      question={`The roster of ${formatCount(employees, 'employee')} is deleted. Departments, managers and what is reported about people who left go with it.`}
      confirm="Remove the roster"
      cancel="Keep it"
      isDanger
      action={remove}
      onConfirm={() => remove.mutate()}
    />
  )
}
