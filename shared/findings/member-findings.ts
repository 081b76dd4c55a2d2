import type { DirectoryUser, Entitlement } from '../data-sets/directory/directory-user.ts'
import { valueAt } from '../data-sets/day-series/day-rows.ts'
import type { SnapshotPerson } from '../data-sets/directory/directory-person.ts'
import { isOlderThan } from '../data-sets/keys/key-findings.ts'
import { workingKeys } from '../data-sets/keys/working-keys.ts'
import { addDays, type Day } from '../domain/day.ts'
import type { FindingThresholds, Severity } from '../domain/finding.ts'
import type { Window } from '../domain/window.ts'
import { toComparedAddress } from '../people/address.ts'
import type { Evidence, Finding } from './finding.ts'
import type { JudgedDirectory, JudgedOrganization, Judgement } from './judged-organization.ts'
import { newFinding } from './new-finding.ts'

type MemberEvidence = Extract<Evidence, { readonly member: DirectoryUser }>

/** What was found about a member, without what it is about. */
interface Found {
  readonly severity: Severity
  readonly evidence: MemberEvidence
  readonly action: string
  readonly since?: Day | null
}

/** Somebody with access, as far as it takes to find something. */
interface Member {
  readonly person: SnapshotPerson
  readonly entitlement: Entitlement
  /** Null when that is not known: without an address, or without company domains. */
  readonly isWithinCompany: boolean | null
  readonly toUser: () => DirectoryUser
}

/** The findings about people who have access now. */
export function findingsOfMembers(organization: JudgedOrganization, judgement: Judgement): Finding[] {
  const { directory } = organization
  if (directory === null) return []
  const found: Finding[] = []
  const keysOf = keyCounts(organization)
  for (const [place, person] of directory.people.entries()) {
    if (person.kind !== 'person' || person.accountStatus !== 'active' || person.removedAt !== null) continue
    const member = memberOf(person, place, directory)
    const each = [
      externalOwner(member, organization),
      notInRoster(member, judgement, keysOf),
      idleMember(member, directory, judgement),
    ]
    for (const one of each) if (one !== null) found.push(toFinding(organization, one))
  }
  return found
}

function memberOf(person: SnapshotPerson, place: number, { derivation }: JudgedDirectory): Member {
  return {
    person,
    entitlement: valueAt(derivation.entitlements, place),
    isWithinCompany: derivation.isWithinCompany(person.email),
    toUser: () => derivation.userAt(place),
  }
}

function toFinding(organization: JudgedOrganization, { severity, evidence, action, since = null }: Found): Finding {
  const { member } = evidence
  return newFinding(organization, member.id, {
    severity,
    subject: { kind: 'member', id: member.id, label: member.name ?? member.email ?? member.id },
    since,
    evidence,
    // Idle people hold seats of an API, which have no price.
    cost: evidence.type === 'idle_member' ? null : member.cost,
    action: { text: action, url: organization.provider.membersUrl },
  })
}

function externalOwner(
  { entitlement, isWithinCompany, toUser }: Member,
  { companyDomains }: JudgedOrganization,
): Found | null {
  if (!entitlement.isOwner || isWithinCompany !== false) return null
  return {
    severity: 'high',
    evidence: { type: 'external_owner', member: toUser(), companyDomains },
    action: 'Ask whether they still need the role of an owner. If not, give them another role, or remove them.',
  }
}

/** How many keys of a member work, counted when first asked for. */
function keyCounts({ keys }: JudgedOrganization): (userId: string) => number | null {
  let counts: ReadonlyMap<string, number> | undefined
  return (userId) => {
    if (keys === null) return null
    counts ??= workingKeys(keys.listed)
    return counts.get(userId) ?? 0
  }
}

function notInRoster(
  { person, isWithinCompany, toUser }: Member,
  { roster, today }: Judgement,
  keysOf: (userId: string) => number | null,
): Found | null {
  if (roster === null || isWithinCompany !== true) return null
  const address = toComparedAddress(person.email)
  const entry = address === null ? undefined : roster.get(address)
  const endedOn = entry?.endsOn ?? null
  if (entry !== undefined && (endedOn === null || endedOn >= today)) return null
  return {
    severity: 'high',
    evidence: { type: 'not_in_roster', member: toUser(), endedOn, workingKeys: keysOf(person.userId) },
    since: endedOn === null ? null : addDays(endedOn, 1),
    action: 'If they have left, remove them, and delete their keys. If not, correct the roster.',
  }
}

function idleMember(
  { person, entitlement, toUser }: Member,
  { window, sources }: JudgedDirectory,
  { thresholds }: Judgement,
): Found | null {
  if (!isIdleMember({ license: entitlement.license, addedAt: person.addedAt }, window, thresholds)) return null
  return {
    severity: entitlement.seat?.type === 'guest' ? 'medium' : 'low',
    evidence: { type: 'idle_member', member: toUser(), from: window.from, sources },
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
