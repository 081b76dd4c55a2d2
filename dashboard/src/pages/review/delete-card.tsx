import { useLocation } from 'wouter'
import type { WireReview } from '../../../../shared/contracts/reviews-contract.ts'
import { useDeleteReview } from '../../api/review-mutations.ts'
import { Card } from '../../components/card.tsx'
import { ConfirmAction } from '../../components/confirm-action.tsx'
import classes from './review-page.module.css'

/** Deletes an open review. */
export function DeleteCard({ review }: { review: WireReview }) {
  const [, navigate] = useLocation()
  const remove = useDeleteReview(review.id)
  return (
    <div className={classes.end}>
      <Card title="Delete" lead="An open review can be deleted. A completed one cannot.">
        <ConfirmAction
          label="Delete the review"
          question="Its evidence and all decisions go with it."
          confirm="Delete it"
          cancel="Keep it"
          isDanger
          action={remove}
          onConfirm={() => remove.mutate(undefined, { onSuccess: () => navigate('/reviews') })}
        />
      </Card>
    </div>
  )
}
