import { Skeleton } from '@mantine/core'
import { operations } from '../../../../shared/contracts/operations.ts'
import { useApi } from '../../api/api-context.ts'
import { useRosterSize } from '../../api/people-queries.ts'
import { useDeleteRoster } from '../../api/roster-queries.ts'
import { Card } from '../../components/card.tsx'
import { ConfirmAction } from '../../components/confirm-action.tsx'
import { csvFile, DownloadButtons } from '../../components/download-buttons.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
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
            : `${formatCount(employees, 'employee')} listed. People with a company address who are not among them, or whose last day is over, are reported.`}
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

function RemoveButton() {
  const remove = useDeleteRoster()
  return (
    <ConfirmAction
      label="Remove"
      question="Departments, managers and what is reported about people who left go with it."
      confirm="Remove the roster"
      cancel="Keep it"
      isDanger
      action={remove}
      onConfirm={() => remove.mutate()}
    />
  )
}
