import type { WireReview } from '../../../../shared/contracts/reviews-contract.ts'
import { useCompleteReview } from '../../api/review-mutations.ts'
import { Card } from '../../components/card.tsx'
import { ConfirmAction } from '../../components/confirm-action.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { SteadyButton } from '../../components/steady-button.tsx'
import { formatCount } from '../../format/format-number.ts'
import classes from './review-page.module.css'
import { useDecisionQueue } from './use-decision-queue.ts'

/** Completes a review in which everything is decided and saved, and finishes a completion that was interrupted. */
export function CompleteCard({ review }: { review: WireReview }) {
  const { state, progress } = review
  const complete = useCompleteReview(review.id)
  const { pending } = useDecisionQueue(review.id).state
  if (state === 'completing') {
    return (
      <Card title="The review is being signed" lead="It takes no decisions any more. This takes some seconds.">
        <p className={classes.text}>If it does not end, the completion was interrupted. Then finish it here.</p>
        <SteadyButton variant="default" size="xs" busy={complete.isPending} onClick={() => complete.mutate()}>
          Finish the completion
        </SteadyButton>
        {complete.isError && <ErrorNotice error={complete.error} />}
      </Card>
    )
  }
  if (progress.decided < progress.items || pending.size > 0 || progress.items === 0) return null
  return (
    <Card title="Everything is decided">
      <p className={classes.text}>
        Completing ends the review: evidence and decisions become final and are signed, and nobody can change them, or
        delete the review. {removalsToFollow(progress.byDecision.remove)}
      </p>
      <ConfirmAction
        label="Complete the review"
        question="This cannot be undone."
        confirm="Complete and sign"
        cancel="Not yet"
        action={complete}
        onConfirm={() => complete.mutate()}
      />
    </Card>
  )
}

function removalsToFollow(removals: number): string {
  if (removals === 0) return 'There is nothing to remove.'
  return `Rollcall removes nobody by itself: carry out the ${formatCount(removals, 'removal')} at the provider. Each later sync looks whether they were done.`
}
