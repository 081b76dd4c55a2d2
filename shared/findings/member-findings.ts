import { domainOf, isWithinDomains } from '../data-sets/directory/company-domains.ts'
import type { DirectoryUser } from '../data-sets/directory/directory-user.ts'
import { isOlderThan } from '../data-sets/keys/key-findings.ts'
import { addDays, type Day } from '../domain/day.ts'
import type { FindingThresholds, Severity } from '../domain/finding.ts'
import type { Window } from '../domain/window.ts'
import { toComparedAddress } from '../people/address.ts'
import type { Roster } from '../people/roster.ts'
import type { Evidence, Finding } from './finding.ts'
import type { JudgedOrganization, Judgement } from './judged-organization.ts'
import { newFinding } from './new-finding.ts'

type MemberEvidence = Extract<Evidence, { readonly member: DirectoryUser }>

/** What was found about a member, without what it is about. */
interface Found {
  readonly severity: Severity
  readonly evidence: MemberEvidence
  readonly action: string
  readonly since?: Day | null
}

/** The findings about people who have access now. */
export function findingsOfMembers(organization: JudgedOrganization, judgement: Judgement): Finding[] {
  const { directory, provider } = organization
  const active = (directory?.users ?? []).filter((user) => user.kind === 'person' && user.accountStatus === 'active')
  const domains = organization.companyDomains
  return active.flatMap((member) => {
    const found = [
      externalOwner(member, domains),
      notInRoster(member, domains, judgement),
      idleMember(member, organization, judgement),
    ]
    return found.flatMap((each) => {
      if (each === null) return []
      const { severity, evidence, action: text, since = null } = each
      return newFinding(organization, member.id, {
        severity,
        subject: { kind: 'member', id: member.id, label: member.name ?? member.email ?? member.id },
        since,
        evidence,
        // Idle people hold seats of an API, which have no price.
        cost: evidence.type === 'idle_member' ? null : member.cost,
        action: { text, url: provider.membersUrl },
      })
    })
  })
}

function externalOwner(member: DirectoryUser, companyDomains: readonly string[]): Found | null {
  if (!member.isOwner || isWithinCompany(member, companyDomains) !== false) return null
  return {
    severity: 'high',
    evidence: { type: 'external_owner', member, companyDomains },
    action: 'Ask whether they still need the role of an owner. If not, give them another role, or remove them.',
  }
}

function notInRoster(
  member: DirectoryUser,
  companyDomains: readonly string[],
  { roster, today }: Judgement,
): Found | null {
  if (roster === null || isWithinCompany(member, companyDomains) !== true) return null
  const entry = entryOf(member, roster)
  const endedOn = entry?.endsOn ?? null
  if (entry !== undefined && (endedOn === null || endedOn >= today)) return null
  return {
    severity: 'high',
    evidence: { type: 'not_in_roster', member, endedOn },
    since: endedOn === null ? null : addDays(endedOn, 1),
    action: 'If they have left, remove them, and delete their keys. If not, correct the roster.',
  }
}

function entryOf({ email }: DirectoryUser, roster: Roster) {
  const address = toComparedAddress(email)
  return address === null ? undefined : roster.get(address)
}

function idleMember(member: DirectoryUser, { directory }: JudgedOrganization, { thresholds }: Judgement): Found | null {
  if (directory === null || !isIdleMember(member, directory.window, thresholds)) return null
  const { window, sources } = directory
  return {
    severity: member.seat?.type === 'guest' ? 'medium' : 'low',
    evidence: { type: 'idle_member', member, from: window.from, sources },
    action: 'Ask whether they still need access, and remove them if not.',
  }
}

/**
 * True for a seat of somebody added long ago, without use in the window. A license that is `no_data` is no evidence. Somebody added at an
 * unknown time counts as added long ago, as in lists.
 */
export function isIdleMember(
  { license, addedAt }: Pick<DirectoryUser, 'license' | 'addedAt'>,
  window: Window,
  { idleMemberDays }: Pick<FindingThresholds, 'idleMemberDays'>,
): boolean {
  return license === 'unused' && (addedAt === null || isOlderThan(idleMemberDays, addedAt, window.to))
}

/** Null when that is not known: without an address, or without company domains. */
function isWithinCompany({ email }: DirectoryUser, companyDomains: readonly string[]): boolean | null {
  const domain = domainOf(email)
  return domain === null || companyDomains.length === 0 ? null : isWithinDomains(domain, companyDomains)
}
