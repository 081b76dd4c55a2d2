import type { WireFinding, WireFindings } from '../../../shared/contracts/findings-contract.ts'
import { formatCount } from '../format/format-number.ts'

type FindingType = WireFinding['type']

/** What the findings of a type are called, and what they mean. */
interface TypeWords {
  readonly title: string
  readonly meaning: string
}

export const FINDING_TYPE_WORDS: Readonly<Record<FindingType, TypeWords>> = {
  integration_problem: {
    title: 'Organizations that cannot be read',
    meaning: 'Until this is solved, their figures stay as old as the last reading.',
  },
  key_expiring: {
    title: 'Connection keys that expire',
    meaning: 'Rollcall reads the organization with this key. Without a new one, nothing is read any more.',
  },
  leaver_key: {
    title: 'Keys whose owner is gone',
    meaning: 'They have not expired, but their owners left, are disabled, or are not in the directory.',
  },
  external_owner: {
    title: 'Owners outside your domains',
    meaning: 'They can change everything in the organization, with an address that is on no company domain.',
  },
  not_in_roster: {
    title: 'People who are not in the roster',
    meaning:
      'They have access with a company address, and the list of employees does not have them, or says they left.',
  },
  removal_not_done: {
    title: 'Removals that were not done',
    meaning: 'A review decided to remove this access, and it is still there.',
  },
  ownerless_key: { title: 'Keys without an owner', meaning: 'They work, and the provider names nobody who owns them.' },
  stale_key: {
    title: 'Keys that nobody uses',
    meaning: 'They work, are not new, and were not used in the days that were read.',
  },
  eternal_key: { title: 'Keys that never expire', meaning: 'They work, are old, and have no expiry.' },
  idle_member: {
    title: 'People without use',
    meaning: 'They have had access for over a month, and used nothing in the days that were read.',
  },
  spend_spike: {
    title: 'Days that cost far more than usual',
    meaning: 'Compared with the days of the four weeks before.',
  },
}

/** The severities in words, with the look of their badge. */
export const SEVERITY_WORDS = {
  high: { label: 'High', kind: 'bad' },
  medium: { label: 'Medium', kind: 'warn' },
  low: { label: 'Low', kind: 'plain' },
} as const satisfies Readonly<Record<WireFinding['severity'], unknown>>

const WHY_NOT_JUDGED: Readonly<Record<WireFindings['notJudged'][number]['state'], string>> = {
  not_permitted: 'the key may not read that',
  unavailable: 'the provider has none',
  failed: 'the last sync could not read that',
  never_read: 'switched off, or not synced yet',
  not_attributed: 'the provider does not say who used anything',
}

/** Data sets as a reader calls them. */
const DATA_SET_LABELS: Readonly<Record<string, string>> = { directory: 'members', logins: 'sign-ins' }

/** What is not known, and why, for the organizations for which it is the same. */
export interface Unjudged {
  readonly organizations: readonly string[]
  /** `Keys: the key may not read that.` */
  readonly why: string
  /** The types of findings, as they are called. */
  readonly types: readonly string[]
}

/** Gathers what could not be judged by its reason. */
export function unjudgedOf(notJudged: WireFindings['notJudged']): Unjudged[] {
  const groups = Map.groupBy(notJudged, ({ dataSet, state, types }) => [dataSet, state, ...types].join(' '))
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const { dataSet, state, types } = first
    return {
      organizations: group.map(({ integrationName }) => integrationName),
      why: `${DATA_SET_LABELS[dataSet] ?? dataSet.replaceAll('_', ' ')} (${WHY_NOT_JUDGED[state]})`,
      types: types.map((type) => FINDING_TYPE_WORDS[type].title),
    }
  })
}

/** `3 findings` */
export function countFindings(count: number): string {
  return formatCount(count, 'finding')
}
