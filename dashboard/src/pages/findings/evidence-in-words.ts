import type { WireEvidence } from '../../../../shared/contracts/findings-contract.ts'
import { formatMoney } from '../../format/format-money.ts'
import { formatCount } from '../../format/format-number.ts'
import { formatDate, formatDay, formatUtcDate } from '../../format/format-time.ts'
import { listInWords } from '../../format/list-in-words.ts'

type KeyEvidence = Extract<WireEvidence, { key: unknown }>
type MemberEvidence = Extract<WireEvidence, { member: unknown }>
type Owner = NonNullable<KeyEvidence['key']['owner']>

/** What a finding follows from, in one or two sentences. */
export function evidenceInWords(evidence: WireEvidence, now: Date): string {
  switch (evidence.type) {
    case 'integration_problem':
      return `Nothing new could be read since ${formatDate(evidence.since)}.`
    case 'key_expiring':
      return `${new Date(evidence.expiresAt) > now ? 'It works until' : 'It was to expire on'} ${formatDate(evidence.expiresAt)}.`
    case 'leaver_key':
    case 'ownerless_key':
    case 'stale_key':
    case 'eternal_key':
      return keyInWords(evidence)
    case 'external_owner':
    case 'not_in_roster':
    case 'idle_member':
      return memberInWords(evidence)
    case 'removal_not_done':
      return removalInWords(evidence)
    case 'spend_spike':
      return spikeInWords(evidence)
  }
}

function keyInWords(evidence: KeyEvidence): string {
  const { key } = evidence
  const used =
    key.lastUsedOn === null ? 'No use of the key is known.' : `The key was last used on ${formatDay(key.lastUsedOn)}.`
  const created = key.createdAt === null ? '' : `Created on ${formatUtcDate(key.createdAt)}. `
  switch (evidence.type) {
    case 'leaver_key': {
      const owner = key.owner === null ? '' : `${ownerInWords(key.owner, evidence.ownerRemovedAt)} `
      const after = evidence.usedAfterRemoval ? ' That was after they were removed.' : ''
      const inactive = key.status === 'inactive' ? ' It does not work at the moment.' : ''
      return `${owner}${used}${after}${inactive}`
    }
    case 'ownerless_key':
      return `${created}${used}`
    case 'stale_key':
      return `${created}${used} Days from ${formatDay(evidence.from)} on were read.`
    case 'eternal_key':
      return `It is ${formatCount(evidence.ageDays, 'day')} old and has no expiry. ${used}`
  }
}

function ownerInWords({ name, email, id, status }: Owner, removedAt: string | null): string {
  const owner = name ?? email ?? id
  switch (status) {
    case 'removed':
      return removedAt === null ? `${owner} was removed.` : `${owner} was removed on ${formatUtcDate(removedAt)}.`
    case 'disabled':
      return `The account of ${owner} is disabled.`
    case 'not_listed':
      return `${owner} is not in the directory.`
    case 'active':
      return `${owner} has no active account.`
  }
}

function memberInWords(evidence: MemberEvidence): string {
  const { email, role, addedAt, lastActiveOn, lastLoginOn } = evidence.member
  const address = email ?? 'No address'
  const active = lastActiveOn === null ? 'No use is known.' : `Last use on ${formatDay(lastActiveOn)}.`
  switch (evidence.type) {
    case 'external_owner': {
      const domains = listInWords(evidence.companyDomains)
      return `${address} has the role ${role ?? 'owner'}. Your domains: ${domains}. ${active}`
    }
    case 'not_in_roster': {
      const { endedOn, workingKeys } = evidence
      const keys =
        workingKeys === null || workingKeys === 0 ? '' : ` They have ${formatCount(workingKeys, 'working key')}.`
      return endedOn === null
        ? `${address} is not in the roster. ${active}${keys}`
        : `In the roster, the last day of ${address} was ${formatDay(endedOn)}. ${active}${keys}`
    }
    case 'idle_member': {
      const added = addedAt === null ? '' : ` Added on ${formatUtcDate(addedAt)}.`
      const login = lastLoginOn === null ? '' : ` Last sign-in on ${formatDay(lastLoginOn)}.`
      return `No use since ${formatDay(evidence.from)}, the first day that was read.${added}${login}`
    }
  }
}

function removalInWords(evidence: Extract<WireEvidence, { type: 'removal_not_done' }>): string {
  const { reviewName, decidedAt, days, state } = evidence
  const decided = `The review “${reviewName}” decided on ${formatUtcDate(decidedAt)} to remove this access.`
  const later = `${formatCount(days, 'day')} later`
  return state === 'returned'
    ? `${decided} That was done, but ${later} it was there again.`
    : `${decided} It was still there ${later}.`
}

function spikeInWords(evidence: Extract<WireEvidence, { type: 'spend_spike' }>): string {
  const { day, amount, median, currency, baselineDays, preliminary } = evidence
  const spike = `${formatMoney(amount, currency)} on ${formatDay(day)}.`
  const usual = `A usual day cost ${formatMoney(median, currency)} (the median of the ${formatCount(baselineDays, 'day')} before).`
  return preliminary ? `${spike} ${usual} This day is preliminary: it can still grow.` : `${spike} ${usual}`
}
