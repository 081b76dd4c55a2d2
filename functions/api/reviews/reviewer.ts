import type { Reviewer } from '../../../shared/reviews/review.ts'
import { ForbiddenError } from '../http/api-errors.ts'
import type { Principal } from '../http/caller.ts'

/** Who works on a review. Throws `ForbiddenError` for a token without an address: scripts have none. */
export function requireReviewer({ subject, email }: Principal): Reviewer {
  if (email === null) {
    throw new ForbiddenError(
      'Reviews record the address of each person who works on them, and your token names none. Sign in as a person, or ask an administrator to have the email claim added to the token.',
    )
  }
  return { subject, email }
}
