import { skipToken, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { Link } from 'wouter'
import { ApiProblemError } from '../../api/api-error.ts'
import { useRosterSize } from '../../api/people-queries.ts'
import { rosterText, useReplaceRoster } from '../../api/roster-queries.ts'
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
  const employees = useEmployeesIn(file)
  const clear = () => {
    setFile(undefined)
    if (field.current !== null) field.current.value = ''
  }
  const send = () => {
    if (file === undefined) return
    upload.mutate(file, {
      onSuccess: clear,
      // Only a mended file can be taken. Browsers notice that it was chosen again only when the field is empty.
      onError: (error) => {
        if (mistakesIn(error).length > 0) clear()
      },
      // The pressed button can be removed.
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
          accept=".csv,.gz,text/csv,application/gzip"
          aria-invalid={upload.isError || employees.isError || employees.data === 0}
          onChange={(event) => {
            setFile(event.currentTarget.files?.[0])
            upload.reset()
          }}
        />
      </label>
      <div>
        <SendButton
          key={`${file?.name} ${file?.lastModified}`}
          name={file?.name}
          employees={employees.data}
          busy={upload.isPending}
          onSend={send}
        />
      </div>
      {employees.isError && <ErrorNotice error={employees.error} />}
      {employees.data === 0 && (
        <div role="alert">
          <Notice kind="bad">{file?.name} lists no employees. Choose another file.</Notice>
        </div>
      )}
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
function SendButton({
  name,
  employees,
  busy,
  onSend,
}: {
  /** The name of the file. */
  name: string | undefined
  /** How many employees it lists. Undefined until a file was read, null when they cannot be counted. */
  employees: number | null | undefined
  busy: boolean
  onSend: () => void
}) {
  const size = useRosterSize()
  const off = employees === undefined || employees === 0 || size.isPending
  if (size.data === null) {
    return (
      <SteadyButton size="xs" off={off} busy={busy} onClick={onSend}>
        Upload
      </SteadyButton>
    )
  }
  const current = size.data === undefined ? ', if there is one,' : ` of ${formatCount(size.data, 'employee')}`
  const next = employees == null ? '' : ` ${name} lists ${formatCount(employees, 'employee')}.`
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

/** Reads the file and counts its employees: null when they cannot be counted. Nothing is read until there is a file. */
function useEmployeesIn(file: File | undefined) {
  return useQuery({
    queryKey: ['roster-file', file?.name, file?.lastModified, file?.size],
    queryFn: file === undefined ? skipToken : async () => employeesIn(await rosterText(file)) ?? null,
    gcTime: 0,
  })
}

/** What is wrong, line by line. */
function Refusal({ error }: { error: Error }) {
  const mistakes = mistakesIn(error)
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

/** What the API names as wrong in the file. */
function mistakesIn(error: Error) {
  return error instanceof ApiProblemError ? error.fieldErrors : []
}
