import { ApiProblemError } from '../../api/api-error.ts'
import { Notice } from '../../components/notice.tsx'
import { SteadyButton } from '../../components/steady-button.tsx'
import classes from './new-review-page.module.css'

/** True for the refusal of a review because data that it needs are stale or were not read. */
export function isIncomplete(error: Error | null): error is ApiProblemError {
  return error instanceof ApiProblemError && error.problem.code === 'data_incomplete'
}

/** What is stale or was not read, and an offer to create the review with that. */
export function IncompleteData({
  error,
  isCreating,
  onAccept,
}: {
  error: ApiProblemError
  isCreating: boolean
  onAccept: () => void
}) {
  return (
    <div role="alert">
      <Notice kind="warn" title="The data for this review is not complete">
        <ul className={classes.incomplete}>
          {error.fieldErrors.map(({ message }) => (
            <li key={message}>{message.replaceAll('_', ' ')}</li>
          ))}
        </ul>
        <p>
          Sync first, if you can. Created anyway, the review shows older figures or none for these, and its evidence
          says so for good: an auditor will see it.
        </p>
        <SteadyButton variant="default" size="xs" busy={isCreating} onClick={onAccept}>
          Create it anyway
        </SteadyButton>
      </Notice>
    </div>
  )
}
