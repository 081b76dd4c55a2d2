import type { DirectoryUser } from '../data-sets/directory/directory-user.ts'
import type { OwnedKey } from '../data-sets/keys/owned-key.ts'
import type { FindingThresholds } from '../domain/finding.ts'
import type { ReviewPopulation } from '../domain/review.ts'
import type { Window } from '../domain/window.ts'
import { isIdleMember } from '../findings/member-findings.ts'

export type MemberPopulation = Exclude<ReviewPopulation, 'keys'>

interface Judged {
  /** Of the directory's reading. */
  readonly window: Window
  readonly thresholds: Pick<FindingThresholds, 'idleMemberDays'>
}

/** True for a member that a review of this population asks about. Service accounts and removed people never are. */
export function isMemberIn(population: MemberPopulation, member: DirectoryUser, judged: Judged): boolean {
  if (member.kind !== 'person' || member.accountStatus === 'removed') return false
  switch (population) {
    case 'everyone':
      return true
    case 'guests':
      return member.seat?.type === 'guest'
    case 'idle':
      return member.accountStatus === 'active' && isIdleMember(member, judged.window, judged.thresholds)
    case 'owners':
      return member.isOwner
  }
}

/** True for a key that a review of keys asks about: one that works, Admin keys too. */
export function isKeyIn({ status }: Pick<OwnedKey, 'status'>): boolean {
  return status === 'active'
}

/** The data sets that a review of this population needs. */
export function dataSetsOf(population: ReviewPopulation): readonly string[] {
  return population === 'keys' ? ['directory', 'keys'] : ['directory', 'usage']
}

/** Optional data sets that show use: while the last reading of one failed, somebody can look idle who is not. One that was never read is none of the sources that use is known from. */
export function evidenceOfUseFor(population: ReviewPopulation): readonly string[] {
  return population === 'idle' ? ['other_usage', 'keys'] : []
}
