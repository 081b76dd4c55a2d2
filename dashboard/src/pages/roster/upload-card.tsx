import { useRef, useState, type SubmitEvent } from 'react'
import { Link } from 'wouter'
import { ApiProblemError } from '../../api/api-error.ts'
import { useReplaceRoster } from '../../api/roster-queries.ts'
import { Card } from '../../components/card.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { findingsAddress } from '../../components/findings-address.ts'
import { Notice } from '../../components/notice.tsx'
import { SteadyButton } from '../../components/steady-button.tsx'
import { formatCount } from '../../format/format-number.ts'
import { capitalize } from '../../format/list-in-words.ts'
import classes from './roster.module.css'

const COLUMNS = [
  ['email', 'Required. The address with which they sign in.'],
  ['name', 'Helps you to read the file.'],
  ['manager', 'Who to ask about them: a name or an address.'],
  ['department', 'Shown with people; costs can be grouped by it.'],
  ['endsOn', 'Their last day, such as 2026-12-31. From the day after it they count as having left.'],
] as const

/** Replaces the roster as a whole, or says which lines are broken. */
export function UploadCard() {
  const [file, setFile] = useState<File>()
  const field = useRef<HTMLInputElement>(null)
  const upload = useReplaceRoster()
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (file === undefined) return
    upload.mutate(file, {
      onSuccess: () => {
        setFile(undefined)
        if (field.current !== null) field.current.value = ''
      },
      // The file may be mended and chosen again.
      onError: () => field.current?.focus(),
    })
  }
  return (
    <Card
      title="Upload a roster"
      lead="A CSV file of everybody who works for you, exported from your HR system. It replaces the current roster as a whole."
    >
      <dl className={classes.columns}>
        {COLUMNS.map(([name, meaning]) => (
          <div key={name} className={classes.column}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p className={classes.note}>
        The first line names the columns, in any order. At most 50,000 employees. Only admins can read the file again;
        it is never written to a log.
      </p>
      <form className={classes.form} onSubmit={submit}>
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
          <SteadyButton type="submit" off={file === undefined} busy={upload.isPending}>
            Upload
          </SteadyButton>
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
      </form>
    </Card>
  )
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
