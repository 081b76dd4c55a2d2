import type { WireReviewItem } from '../../../../shared/contracts/review-items-contract.ts'
import { KEY_STATUS_LABELS, keyKindLabels, OWNER_STATUS_LABELS } from '../../components/key-labels.ts'
import { SEAT_REASONS, STATUS_LABELS, USE_LABELS } from '../../components/member-labels.ts'
import { CHANGE_WORDS } from '../../components/review-words.ts'
import { formatMoney } from '../../format/format-money.ts'
import { formatNumber } from '../../format/format-number.ts'
import { formatDay, formatDaysAgo, formatExact, formatUtcDate } from '../../format/format-time.ts'

export type MemberItem = Extract<WireReviewItem, { kind: 'member' }>
export type KeyItem = Extract<WireReviewItem, { kind: 'key' }>

/** A fact of an item's evidence. */
export interface EvidenceTerm {
  readonly term: string
  readonly text: string
}

const SOURCES: Readonly<Record<NonNullable<MemberItem['evidence']['lastActivitySource']>, string>> = {
  usage: 'requests',
  other_usage: 'images, audio or other use',
  api_key: 'an API key of theirs',
}

/** The frozen evidence of an item, the most telling first. Facts that were not read are left out. */
export function evidenceTerms(item: WireReviewItem, now: Date): EvidenceTerm[] {
  const facts = item.kind === 'member' ? memberFacts(item, now) : keyFacts(item, now)
  const { change, syncedAt } = item.evidence
  return Object.entries({
    Change: change === null ? 'First review' : CHANGE_WORDS[change].label,
    Organization: item.integrationName,
    ...facts,
    'As read': formatExact(syncedAt),
  }).flatMap(([term, text]) => (text === null ? [] : { term, text }))
}

/** `Last use 12 days ago` */
export function lastUseInWords(item: WireReviewItem, now: Date): string {
  const day = item.kind === 'member' ? item.evidence.lastActiveOn : item.evidence.lastUsedOn
  return day === null ? 'No use known' : `Last use ${formatDaysAgo(day, now)}`
}

/** `reader, guest`. For a key, who owns it. */
export function standingInWords(item: WireReviewItem): string {
  if (item.kind === 'key') return ownerInWords(item.evidence.owner)
  const { role, seat, accountStatus } = item.evidence
  const status = accountStatus === 'active' ? null : STATUS_LABELS[accountStatus].toLowerCase()
  return [role ?? 'no role', seat?.type ?? 'no seat', status].filter((part) => part !== null).join(', ')
}

/** What stands below the name of an item: an address, or the end of a key and its project. */
export function subtitleOf(item: WireReviewItem): string | null {
  if (item.kind === 'member') return item.evidence.name === null ? null : item.evidence.email
  const { hint, project } = item.evidence
  const place = project === null ? 'whole organization' : (project.name ?? project.id)
  return hint === null ? place : `…${hint}, ${place}`
}

/** The page about the subject of an item. */
export function subjectHref({ kind, integrationId, subject }: WireReviewItem): string {
  const organization = `/integrations/${integrationId}`
  if (kind === 'member') return `${organization}/members/${encodeURIComponent(subject.id)}`
  return `${organization}/keys?${new URLSearchParams({ q: subject.label }).toString()}`
}

function memberFacts({ evidence }: MemberItem, now: Date): Readonly<Record<string, string | null>> {
  const { accountStatus, seat, license, lastActiveOn, lastActivitySource, lastLoginOn, cost, keys } = evidence
  const source = lastActivitySource === null ? '' : `: ${SOURCES[lastActivitySource]}`
  return {
    Email: evidence.name === null ? null : (evidence.email ?? 'None'),
    Role: evidence.role ?? 'None',
    Account: STATUS_LABELS[accountStatus],
    Seat: seat === null ? 'None' : SEAT_REASONS[seat.reason],
    Use: license === null ? null : USE_LABELS[license],
    'Last activity': lastActiveOn === null ? 'None known' : `${dayInWords(lastActiveOn, now)}${source}`,
    'Last sign-in': lastLoginOn === null ? null : dayInWords(lastLoginOn, now),
    Requests: formatNumber(evidence.requests),
    Cost: cost === null ? null : formatMoney(cost.amount, cost.currency),
    'Working keys': keys === null ? null : formatNumber(keys),
    Department: evidence.department,
    Manager: evidence.manager,
    Added: evidence.addedAt === null ? null : formatUtcDate(evidence.addedAt),
  }
}

function keyFacts({ evidence }: KeyItem, now: Date): Readonly<Record<string, string | null>> {
  const { project, lastUsedOn, expiresAt, cost } = evidence
  return {
    Kind: keyKindLabels(undefined)[evidence.kind],
    'Ends with': evidence.hint,
    Project: project === null ? 'None: it is for the whole organization' : (project.name ?? project.id),
    Owner: ownerInWords(evidence.owner),
    Status: KEY_STATUS_LABELS[evidence.status],
    'Last used': lastUsedOn === null ? 'No use known' : dayInWords(lastUsedOn, now),
    Cost: cost === null ? null : formatMoney(cost.amount, cost.currency),
    Created: evidence.createdAt === null ? null : formatUtcDate(evidence.createdAt),
    Expires: expiresAt === null ? 'Never' : formatUtcDate(expiresAt),
  }
}

function ownerInWords(owner: KeyItem['evidence']['owner']): string {
  if (owner === null) return 'No owner named'
  const name = owner.name ?? owner.email ?? owner.id
  const status = owner.kind === 'service_account' ? 'service account' : OWNER_STATUS_LABELS[owner.status]?.toLowerCase()
  return status === undefined ? name : `${name} (${status})`
}

/** `Nov 20, 2026 (4 days ago)`, in UTC. */
function dayInWords(day: string, now: Date): string {
  return `${formatDay(day)} (${formatDaysAgo(day, now)})`
}
