import type { Finding } from './finding.ts'
import type { JudgedOrganization, Judgement } from './judged-organization.ts'
import { findingsOfKeys } from './key-findings.ts'
import { findingsOfMembers } from './member-findings.ts'
import { findingsOfRemovals } from './removal-findings.ts'
import { findingsOfSpend } from './spend-findings.ts'

/** The findings that follow from what was read of an organization, and from what reviews decided about it, in no particular order. */
export function deriveFindings(organization: JudgedOrganization, judgement: Judgement): Finding[] {
  return [
    ...findingsOfKeys(organization),
    ...findingsOfMembers(organization, judgement),
    ...findingsOfRemovals(organization, judgement),
    ...findingsOfSpend(organization, judgement),
  ]
}
