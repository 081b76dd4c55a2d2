import { Card } from '../../components/card.tsx'
import classes from './roster.module.css'
import { UploadForm } from './upload-form.tsx'

const COLUMNS = [
  ['email', 'Required. The address with which they sign in.'],
  ['name', 'Helps you to read the file.'],
  ['manager', 'Who to ask about them: a name or an address.'],
  ['department', 'Shown with people; costs can be grouped by it.'],
  ['endsOn', 'Their last day, such as 2026-12-31. From the day after it they count as having left.'],
] as const

/** What a roster has to look like, and its upload. */
export function UploadCard() {
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
      <UploadForm />
    </Card>
  )
}
