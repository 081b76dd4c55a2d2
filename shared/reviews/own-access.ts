import { toComparedAddress } from '../people/address.ts'
import { addressOf, type ReviewItem } from './review-item.ts'

/** Tests whether an item is the reviewer's own access: as a member, or as the owner of a key. Addresses compare as those of people do. */
export function ownAccessTest(email: string): (item: ReviewItem) => boolean {
  const own = toComparedAddress(email)
  return (item) => own !== null && toComparedAddress(addressOf(item)) === own
}
