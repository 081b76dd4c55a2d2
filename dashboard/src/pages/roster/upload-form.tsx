import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { Link } from 'wouter'
import { ApiProblemError } from '../../api/api-error.ts'
import { useRosterSize } from '../../api/people-queries.ts'
import { useReplaceRoster } from '../../api/roster-queries.ts'
import { ConfirmAction } from '../../components/confirm-action.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { findingsAddress } from '../../components/findings-address.ts'
import { Notice } from '../../components/notice.tsx'
import { SteadyButton } from '../../components/steady-button.tsx'
import { formatCount } from '../../format/format-number.ts'
import { capitalize } from '../../format/list-in-words.ts'
import { employeesIn } from './employees-in.ts'
import classes from './roster.module.css'

/** Replaces the roster as a whole, or says which lines are broken. */
export function UploadForm() {
  const [file, setFile] = useState<File>()
  const field = useRef<HTMLInputElement>(null)
  const upload = useReplaceRoster()
  const send = () => {
    if (file === undefined) return
    upload.mutate(file, {
      onSuccess: () => {
        setFile(undefined)
        if (field.current !== null) field.current.value = ''
      },
      // The file may be mended and chosen again, and the pressed button can be removed.
      onSettled: () => field.current?.focus(),
    })
  }
  return (
    <div className={classes.form}>
      <label className={classes.field}>
        CSV file
        <input
          ref={field}
          type="file"
          accept=".csv,text/csv"
          aria-invalid={upload.isError}
          onChange={(event) => {
            setFile(event.currentTarget.files?.[0])
            upload.reset()
          }}
        />
      </label>
      <div>
        <SendButton key={`${file?.name} ${file?.lastModified}`} file={file} busy={upload.isPending} onSend={send} />
      </div>
      <div role="status">
        {upload.isSuccess && (
          <Notice kind="good" title="The roster was replaced">
            {formatCount(upload.data.entries, 'employee')} listed.{' '}
            <Link href={findingsAddress({ type: 'not_in_roster' })}>Show people who are not in it</Link>
          </Notice>
        )}
      </div>
      {upload.isError && <Refusal error={upload.error} />}
    </div>
  )
}

/** Uploads at the first press while no roster is set, and asks before one is replaced. */
function SendButton({ file, busy, onSend }: { file: File | undefined; busy: boolean; onSend: () => void }) {
  const size = useRosterSize()
  const listed = useEmployeesIn(file)
  const off = file === undefined || size.isPending
  if (size.data === null) {
    return (
      <SteadyButton size="xs" off={off} busy={busy} onClick={onSend}>
        Upload
      </SteadyButton>
    )
  }
  const current = size.data === undefined ? ', if there is one,' : ` of ${formatCount(size.data, 'employee')}`
  const next = listed === undefined ? '' : ` ${file?.name} lists ${formatCount(listed, 'employee')}.`
  return (
    <ConfirmAction
      label="Upload"
      question={`The current roster${current} is replaced.${next}`}
      confirm="Replace the roster"
      cancel="Keep the current one"
      isOff={off}
      action={{ isPending: busy, error: null }}
      onConfirm={onSend}
    />
  )
}

/** How many employees the file lists. Undefined while it is read, and when that is not known. */
function useEmployeesIn(file: File | undefined): number | undefined {
  const read = useQuery({
    queryKey: ['roster-file', file?.name, file?.lastModified, file?.size],
    queryFn: async () => employeesIn((await file?.text()) ?? '') ?? null,
    enabled: file !== undefined,
    gcTime: 0,
  })
  return read.data ?? undefined
}

/** What is wrong, line by line. */
function Refusal({ error }: { error: Error }) {
  const mistakes = error instanceof ApiProblemError ? error.fieldErrors : []
  if (mistakes.length === 0) return <ErrorNotice error={error} />
  return (
    <div role="alert">
      <Notice kind="bad" title="Nothing was stored: the file has mistakes">
        <ul className={classes.mistakes}>
          {mistakes.map(({ field, message }) => (
            <li key={`${field} ${message}`}>
              {field === 'body' ? 'The file' : capitalize(field)} {message}.
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  )
}
