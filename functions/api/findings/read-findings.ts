import type {
  FindingListQuery,
  WireEvidence,
  WireFinding,
  WireFindings,
} from '../../../shared/contracts/findings-contract.ts'
import { recordOf } from '../../../shared/data-sets/data-set.ts'
import type { DirectoryUser } from '../../../shared/data-sets/directory/directory-user.ts'
import type { OwnedKey } from '../../../shared/data-sets/keys/owned-key.ts'
import { FINDING_TYPES, SEVERITIES, type Severity } from '../../../shared/domain/finding.ts'
import type { Acceptance } from '../../../shared/findings/acceptance.ts'
import type { Evidence, Finding } from '../../../shared/findings/finding.ts'
import { FINDINGS_ORDER } from '../../../shared/findings/findings-order.ts'
import { identityOf } from '../../../shared/people/person.ts'
import { toWireOwner } from '../data/read-keys.ts'
import { listPage } from '../http/list-page.ts'
import type { Indexes } from '../indexes.ts'
import type { PeopleData, PersonIds } from '../people/people-index.ts'
import type { FindingsData, FindingsIndex } from './findings-index.ts'

/** A page of findings over all organizations. */
export async function listFindings(
  { findings, people }: Pick<Indexes, 'findings' | 'people'>,
  query: FindingListQuery,
): Promise<WireFindings> {
  const [data, idOf] = await Promise.all([findings.read(), people.readIds()])
  const scope = { operationId: 'listFindings', integrationId: null, query }
  const { items, ...page } = listPage(scope, selected(data, query), FINDINGS_ORDER)
  return {
    items: items.map((finding) => toWireFinding(finding, data.acceptances.get(finding.id), idOf)),
    ...page,
    oldestSyncedAt: data.oldestSyncedAt,
    notJudged: data.notJudged
      .filter(({ integrationId }) => query.integrationId === undefined || integrationId === query.integrationId)
      .map((each) => ({ ...each, types: [...each.types] })),
  }
}

/** How many open findings there are. */
export interface FindingCounts extends Readonly<Record<(typeof SEVERITIES)[number], number>> {
  readonly byType: Readonly<Record<(typeof FINDING_TYPES)[number], number>>
  /** Of the most severe one. */
  readonly mostSevere: Readonly<Record<(typeof FINDING_TYPES)[number], Severity | null>>
}

/** Counts the open findings of all organizations. Types without any are 0, and their severity is null. */
export async function countFindings(index: FindingsIndex, known?: Omit<PeopleData, 'people'>): Promise<FindingCounts> {
  const { findings, acceptances } = await index.read(known)
  const open = findings.filter(({ id }) => !acceptances.has(id))
  const bySeverity = Map.groupBy(open, ({ severity }) => severity)
  const byType = Map.groupBy(open, ({ evidence }) => evidence.type)
  return {
    ...recordOf(SEVERITIES, (severity) => bySeverity.get(severity)?.length ?? 0),
    byType: recordOf(FINDING_TYPES, (type) => byType.get(type)?.length ?? 0),
    // Findings are in the order of lists: the most severe first.
    mostSevere: recordOf(FINDING_TYPES, (type) => byType.get(type)?.[0]?.severity ?? null),
  }
}

function selected({ findings, acceptances }: FindingsData, query: FindingListQuery): Finding[] {
  const { type, severity, state, integrationId, userId } = query
  return findings.filter(
    (finding) =>
      (state === 'any' || acceptances.has(finding.id) === (state === 'accepted')) &&
      (type === undefined || finding.evidence.type === type) &&
      (severity === undefined || finding.severity === severity) &&
      (integrationId === undefined || finding.integrationId === integrationId) &&
      (userId === undefined || memberOf(finding) === userId),
  )
}

/** The id of the member that a finding is about, or that owns the key. Undefined for others. */
function memberOf({ subject, evidence }: Finding): string | undefined {
  if (subject.kind === 'member') return subject.id
  if (evidence.type === 'removal_not_done') return evidence.ownerId ?? undefined
  return 'key' in evidence ? evidence.key.owner?.id : undefined
}

/** `idOf` is called for findings about people alone: of a page, not of all. */
export function toWireFinding(finding: Finding, acceptance: Acceptance | undefined, idOf: PersonIds): WireFinding {
  const { subject, evidence, cost, action } = finding
  return {
    id: finding.id,
    type: evidence.type,
    severity: finding.severity,
    integrationId: finding.integrationId,
    integrationName: finding.integrationName,
    subject: { ...subject, personId: personIdOf(finding, idOf) },
    since: finding.since,
    evidence: toWireEvidence(evidence),
    cost,
    action: { ...action },
    state: acceptance === undefined ? 'open' : 'accepted',
    accepted: acceptance === undefined ? null : toWireAcceptance(acceptance),
  }
}

/** The person that the member is. Null for findings about anything else. */
function personIdOf({ integrationId, subject, evidence }: Finding, idOf: PersonIds): string | null {
  const ofRemoval = evidence.type === 'removal_not_done' ? evidence.person : null
  const member = 'member' in evidence ? evidence.member : ofRemoval
  return member && idOf(identityOf(member.email, integrationId, subject.id))
}

function toWireAcceptance({ reason, until, by, at }: Acceptance): WireFinding['accepted'] {
  return { reason, until, by: { ...by }, at }
}

function toWireEvidence(evidence: Evidence): WireEvidence {
  switch (evidence.type) {
    case 'leaver_key':
    case 'ownerless_key':
    case 'stale_key':
    case 'eternal_key':
      return { ...evidence, key: toWireKeyFacts(evidence.key) }
    case 'external_owner':
      return { ...evidence, member: toWireMemberFacts(evidence.member), companyDomains: [...evidence.companyDomains] }
    case 'idle_member':
      return { ...evidence, member: toWireMemberFacts(evidence.member), sources: [...evidence.sources] }
    case 'not_in_roster':
      return { ...evidence, member: toWireMemberFacts(evidence.member) }
    case 'removal_not_done':
      return toWireRemoval(evidence)
    case 'spend_spike':
    case 'integration_problem':
    case 'key_expiring':
      return evidence
  }
}

function toWireRemoval({
  ownerId: _ownerId,
  person: _person,
  ...removal
}: Extract<Evidence, { type: 'removal_not_done' }>): WireEvidence {
  return removal
}

function toWireKeyFacts(key: OwnedKey): Extract<WireEvidence, { type: 'ownerless_key' }>['key'] {
  const { kind, name, hint, project, owner, createdAt, lastUsedOn, expiresAt, status } = key
  return { kind, name, hint, project, owner: owner && toWireOwner(owner), createdAt, lastUsedOn, expiresAt, status }
}

function toWireMemberFacts(member: DirectoryUser): Extract<WireEvidence, { type: 'idle_member' }>['member'] {
  const { email, name, role, seat, addedAt, lastActiveOn, lastLoginOn } = member
  return { email, name, role, seat, addedAt, lastActiveOn, lastLoginOn }
}
