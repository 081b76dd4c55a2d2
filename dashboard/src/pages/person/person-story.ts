import type { WireKey } from '../../../../shared/contracts/keys-contract.ts'
import type { WirePerson } from '../../../../shared/contracts/people-contract.ts'
import { sumOfAmounts } from '../../../../shared/domain/amount.ts'
import type { Day } from '../../../../shared/domain/day.ts'
import { formatMoney } from '../../format/format-money.ts'
import { formatCount } from '../../format/format-number.ts'
import { formatDay, formatDayShort } from '../../format/format-time.ts'
import { capitalize, listInWords } from '../../format/list-in-words.ts'
import { currentOf, type WireMembership } from '../people/memberships-in-words.ts'

/** Somebody with a company address whom the roster does not list, or lists with a last day that is over. */
export interface Departure {
  /** Null: they are not in the roster. */
  readonly endedOn: Day | null
}

/** What a person's story is told from. */
export interface PersonStoryFacts {
  readonly person: Pick<WirePerson, 'lastActiveOn' | 'requests' | 'costs' | 'memberships' | 'department' | 'manager'>
  /**
   * What the roster says of somebody who should have left. Null for all others, and while there is no roster. Undefined
   * when the findings that say it could not be loaded.
   */
  readonly departure: Departure | null | undefined
  /** The keys of theirs that work. Undefined when they could not be loaded. */
  readonly keys: readonly Pick<WireKey, 'cost'>[] | undefined
  /** The number of days that were read. */
  readonly windowDays: number
  readonly today: Day
}

/**
 * Who somebody is, where they have access, what they use, what it costs, and what is odd, in a sentence or two: `In Acme
 * Europe as owner and in Acme Labs as reader. Last used the API on Nov 27 in Acme Europe: 4,915 requests in 60 days,
 * which cost $2.81. No use of the seat in Acme Labs.` It ends with what could not be loaded.
 */
export function personStory(facts: PersonStoryFacts): string {
  const sentences = [accessOf(facts), useOf(facts), ...oddities(facts), ...unknownIn(facts)]
  return sentences.flatMap((sentence) => (sentence === undefined ? [] : [`${capitalize(sentence)}.`])).join(' ')
}

/**
 * `in Acme Europe as owner and in Acme Labs as reader, with 1 working key`, after what the roster says: `left the company
 * on Nov 3 (roster), still has access in 2 organizations and 1 working key`
 */
function accessOf(facts: PersonStoryFacts): string {
  const { person, departure, keys, windowDays } = facts
  const ofKeys = keysInWords(keys, windowDays)
  const current = currentOf(person)
  if (departure != null) return `${departureOf(departure, facts)}, ${remainsOf(current, ofKeys, keys !== undefined)}`
  if (current.length === 0) {
    return `no longer in any organization${ofKeys === undefined ? '' : `, but with ${ofKeys}`}`
  }
  const places = listInWords(current.map((membership) => placeOf(membership)))
  return `${workOf(person)}${places}${ofKeys === undefined ? '' : `, with ${ofKeys}`}`
}

function departureOf({ endedOn }: Departure, { today }: PersonStoryFacts): string {
  return endedOn === null ? 'not in the roster of employees' : `left the company on ${dayIn(endedOn, today)} (roster)`
}

/** `still has access in 2 organizations and 1 working key`. A key is access too. */
function remainsOf(current: readonly WireMembership[], ofKeys: string | undefined, areKeysKnown: boolean): string {
  const active = current.filter(({ accountStatus }) => accountStatus === 'active')
  const names = new Map(active.map(({ integrationId, integrationName }) => [integrationId, integrationName]))
  const [only] = names.values()
  const places = names.size === 1 && only !== undefined ? only : formatCount(names.size, 'organization')
  const access = names.size === 0 ? [] : [`access in ${places}`]
  const remains = listInWords(ofKeys === undefined ? access : [...access, ofKeys])
  if (remains !== '') return `still has ${remains}`
  return areKeysKnown ? 'without access' : 'without an active account'
}

/** `Research (manager zoe@acme.example): ` */
function workOf({ department, manager }: PersonStoryFacts['person']): string {
  const ofManager = manager === null ? '' : `manager ${manager}`
  if (department === null) return ofManager === '' ? '' : `${ofManager}: `
  return `${department}${ofManager === '' ? '' : ` (${ofManager})`}: `
}

function placeOf({ integrationName, role, accountStatus }: WireMembership): string {
  const as = role === null ? '' : ` as ${role.replaceAll('_', ' ')}`
  return `in ${integrationName}${as}${accountStatus === 'active' ? '' : ` (${accountStatus})`}`
}

/** `2 working keys that cost $41.00 in the last 60 days`. Undefined without any, and when they are not known. */
function keysInWords(keys: PersonStoryFacts['keys'], windowDays: number): string | undefined {
  if (keys === undefined || keys.length === 0) return undefined
  const costs = costsInWords(keys.flatMap(({ cost }) => cost ?? []))
  const working = formatCount(keys.length, 'working key')
  return costs === undefined ? working : `${working} that cost ${costs} in the last ${formatCount(windowDays, 'day')}`
}

/** Amounts by currency: `$41.00 and €2.00`. Undefined where there is none but zero. */
function costsInWords(costs: WirePerson['costs']): string | undefined {
  const byCurrency = Map.groupBy(costs, ({ currency }) => currency)
  const totals = [...byCurrency].map(([currency, of]) => ({
    currency,
    amount: sumOfAmounts(of.map(({ amount }) => amount)),
  }))
  const spent = totals.filter(({ amount }) => amount !== '0')
  return spent.length === 0
    ? undefined
    : listInWords(spent.map(({ amount, currency }) => formatMoney(amount, currency)))
}

function useOf({ person, windowDays, today }: PersonStoryFacts): string {
  const { lastActiveOn, memberships, requests, costs } = person
  const days = formatCount(windowDays, 'day')
  if (lastActiveOn === null) {
    const licenses = memberships.flatMap(({ license }) => license ?? [])
    if (licenses.length > 0 && licenses.every((license) => license === 'no_data')) {
      return 'whether they use the API is not known: no use is attributed to any person'
    }
    return `no use of the API known in the last ${days}`
  }
  const where = new Set(
    memberships.filter((membership) => membership.lastActiveOn === lastActiveOn).map((each) => each.integrationName),
  )
  const place = memberships.length > 1 ? ` in ${listInWords([...where])}` : ''
  const cost = costsInWords(costs)
  const amount = `${formatCount(requests, 'request')} in ${days}`
  return `last used the API on ${dayIn(lastActiveOn, today)}${place}: ${amount}${cost === undefined ? '' : `, ${causeOf(memberships)} cost ${cost}`}`
}

/** What is known to have caused the costs: `of which those in Acme Labs` where those of other organizations were not read. */
function causeOf(memberships: readonly WireMembership[]): string {
  const used = memberships.filter(({ requests }) => requests > 0)
  const known = used.filter(({ cost }) => cost !== null)
  if (known.length === used.length || known.length === 0) return 'which'
  return `of which those in ${listInWords([...new Set(known.map(({ integrationName }) => integrationName))])}`
}

/** What is different in one organization from another one. */
function oddities({ person: { memberships, lastActiveOn } }: PersonStoryFacts): string[] {
  if (memberships.length === 1) return []
  const namesOf = (isMeant: (membership: WireMembership) => boolean) =>
    memberships.filter(isMeant).map(({ integrationName }) => integrationName)
  const unused = namesOf(({ license }) => license === 'unused')
  const removed = namesOf(({ accountStatus }) => accountStatus === 'removed')
  return [
    ...(unused.length > 0 && lastActiveOn !== null ? [`no use of the seat in ${listInWords(unused)}`] : []),
    ...(removed.length > 0 && removed.length < memberships.length ? [`removed from ${listInWords(removed)}`] : []),
  ]
}

/** What could not be loaded, and so what is not known. */
function unknownIn({ departure, keys }: PersonStoryFacts): string[] {
  return [
    ...(departure === undefined
      ? ['whether they left the company is not known, since what was found about them could not be loaded']
      : []),
    ...(keys === undefined ? ['their working keys could not be loaded'] : []),
  ]
}

/** The year is only said where it is another one. */
function dayIn(day: Day, today: Day): string {
  return day.slice(0, 4) === today.slice(0, 4) ? formatDayShort(day) : formatDay(day)
}
