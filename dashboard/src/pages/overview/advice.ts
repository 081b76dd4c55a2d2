import type { WireFinding } from '../../../../shared/contracts/findings-contract.ts'
import type { WireOverview } from '../../../../shared/contracts/overview-contract.ts'
import { SEVERITIES } from '../../../../shared/domain/finding.ts'
import type { FindingsView } from '../../api/findings-view.ts'
import { findingsAddress } from '../../components/findings-address.ts'
import { formatCount } from '../../format/format-number.ts'

type FindingType = WireFinding['type']
type Severity = WireFinding['severity']

/** A part of a sentence. One with an address is a link. */
export interface SentencePart {
  readonly text: string
  readonly href?: string
}

/** What is so, and what to do about it. */
export interface Advice {
  readonly id: FindingType | 'outsiders'
  /** Null: nothing is wrong, but it should be known. */
  readonly severity: Severity | null
  readonly sentence: readonly SentencePart[]
  readonly todo: string
}

/** What the sentences are made of. */
export interface AdviceFacts {
  readonly overview: Pick<WireOverview, 'outsiders' | 'findings'>
  /** How many keys were used after their owner was removed. */
  readonly usedAfterRemoval: number
  /** Undefined while unknown. */
  readonly windowDays: number | undefined
}

/** What to say of a type that has findings. */
interface TypeAdvice {
  readonly type: FindingType
  readonly say: (count: number, days: string) => string
  readonly todo: string
}

/** One sentence for each type, but for owners outside the company domains, who are among the outsiders. */
const TYPES: readonly TypeAdvice[] = [
  {
    type: 'integration_problem',
    say: (count) => `${formatCount(count, 'organization')} cannot be read`,
    todo: 'Look what is wrong with the key. Until then, old figures are shown.',
  },
  {
    type: 'not_in_roster',
    say: (count) =>
      `${formatCount(count, 'account')} ${count === 1 ? 'belongs' : 'belong'} to people who left, or are not in the roster`,
    todo: 'Remove those who left, and delete their keys. If the roster lacks somebody, correct it.',
  },
  {
    type: 'removal_not_done',
    say: (count) =>
      `${formatCount(count, 'removal')} that ${count === 1 ? 'was' : 'were'} decided in a review ${count === 1 ? 'is' : 'are'} not done`,
    todo: 'Remove that access, or accept it with the reason.',
  },
  {
    type: 'leaver_key',
    say: (count) => `${formatCount(count, 'key')} ${count === 1 ? 'belongs' : 'belong'} to people who are gone`,
    todo: 'Delete these keys. If a job needs one, give it another key first.',
  },
  {
    type: 'ownerless_key',
    say: (count) => `${formatCount(count, 'key')} ${count === 1 ? 'has' : 'have'} no owner`,
    todo: 'Find out who uses them.',
  },
  {
    type: 'spend_spike',
    say: (count) => `${formatCount(count, 'day')} cost far more than usual`,
    todo: 'Look what caused the costs.',
  },
  {
    type: 'key_expiring',
    say: (count) => `${formatCount(count, 'key')} of Rollcall itself ${count === 1 ? 'expires' : 'expire'} soon`,
    todo: 'Set a new key, so that no sync is missed.',
  },
  {
    type: 'stale_key',
    say: (count, days) =>
      `${formatCount(count, 'key')} ${count === 1 ? 'works and was' : 'work and were'} not used ${days}`,
    todo: 'Delete them, unless something needs them rarely.',
  },
  {
    type: 'idle_member',
    say: (count, days) => `${formatCount(count, 'account')} older than a month had no use ${days}`,
    todo: 'Ask whether these people still need access.',
  },
  {
    type: 'eternal_key',
    say: (count) => `${formatCount(count, 'old key')} never ${count === 1 ? 'expires' : 'expire'}`,
    todo: 'Replace them by new keys with an expiry.',
  },
]

/** What is so in sentences, the most important first. Each leads to the list that shows exactly what it counts. */
export function adviceOf(facts: AdviceFacts): Advice[] {
  const ofTypes = TYPES.flatMap((advice) => adviceOfType(advice, facts))
  return [...outsidersIn(facts), ...ofTypes].toSorted((left, right) => rankOf(left) - rankOf(right))
}

function adviceOfType({ type, say, todo }: TypeAdvice, facts: AdviceFacts): Advice[] {
  const { overview, windowDays, usedAfterRemoval } = facts
  const { byType, mostSevere } = overview.findings
  const [count, severity] = [byType[type], mostSevere[type]]
  if (count === 0) return []
  const days = windowDays === undefined ? 'in the days that were read' : `in ${formatCount(windowDays, 'day')}`
  const sentence = [linkTo(say(count, days), { type })]
  if (type !== 'leaver_key' || usedAfterRemoval === 0)
    return [{ id: type, severity, sentence: [...sentence, END], todo }]
  const used = `${usedAfterRemoval} ${usedAfterRemoval === 1 ? 'was' : 'were'} used after that`
  const more = [{ text: '; ' }, linkTo(used, { type, severity: 'high' }), END]
  return [{ id: type, severity, sentence: [...sentence, ...more], todo }]
}

/** Owners who were all accepted are no reason to act. They are counted with the others. */
function outsidersIn({ overview: { outsiders, findings } }: AdviceFacts): Advice[] {
  const { people, owners } = outsiders
  if (people === 0) return []
  const isOpen = findings.byType.external_owner > 0
  const all = { text: `${formatCount(people, 'person', 'people')} outside your domains`, href: OUTSIDE }
  const who = [all, { text: people === 1 ? ' has access' : ' have access' }]
  const someOwn = [
    { text: '; ' },
    { text: `${owners} ${owners === 1 ? 'is an owner' : 'are owners'}`, href: `${OUTSIDE}&owner=true` },
  ]
  return [
    {
      id: 'outsiders',
      severity: isOpen ? 'high' : null,
      sentence: [...who, ...(owners > 0 ? someOwn : []), END],
      todo: isOpen ? 'Ask whether the owners still need that role.' : 'Look whether you know all of them.',
    },
  ]
}

/** The address of the people outside the company domains. */
const OUTSIDE = '/people?outside=true'

const END: SentencePart = { text: '.' }

function linkTo(text: string, view: FindingsView): SentencePart {
  return { text, href: findingsAddress(view) }
}

/** Who has access matters more than what is only low. */
function rankOf({ severity }: Advice): number {
  return severity === null ? SEVERITIES.indexOf('low') - 0.5 : SEVERITIES.indexOf(severity)
}
