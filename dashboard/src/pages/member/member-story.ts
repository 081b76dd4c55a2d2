import type { WireUser } from '../../../../shared/contracts/data-contract.ts'
import { type Day, daysBetween } from '../../../../shared/domain/day.ts'
import type { UnreadSource } from '../../components/sources-of-use.ts'
import { formatCount, formatNumber } from '../../format/format-number.ts'
import { formatDay, formatDayShort } from '../../format/format-time.ts'
import { capitalize, listInWords } from '../../format/list-in-words.ts'

/** What a member's story is told from. Days are UTC. */
export interface StoryFacts {
  readonly user: Pick<
    WireUser,
    | 'kind'
    | 'accountStatus'
    | 'seat'
    | 'lastActiveOn'
    | 'lastActivitySource'
    | 'lastLoginOn'
    | 'requests'
    | 'otherRequests'
    | 'addedAt'
    | 'removedAt'
  >
  /** The days that were read. */
  readonly window: { readonly from: Day; readonly to: Day }
  /** The kinds of usage on the day of the last activity, beside the primary one, such as `images`. */
  readonly lastKinds: readonly string[]
  readonly unread: readonly UnreadSource[]
  /** False when the provider attributes no use to any person, so that absence of use proves nothing. */
  readonly isUseAttributed: boolean
  /** The days whose sign-ins were read. Null if they were not: then nothing is said of them. */
  readonly logins: { readonly from: Day; readonly to: Day } | null
}

/**
 * Who somebody is and whether they use the API, in a sentence or two: `Added Aug 12, never used the API in the last 60
 * days, last signed in Nov 3.` It claims nothing about days or sources that were not read.
 */
export function memberStory(facts: StoryFacts): string {
  const beginning = beginningOf(facts)
  const use = useOf(facts)
  const login = loginOf(facts)
  // Without use, the story is one sentence.
  const sentences =
    facts.user.lastActiveOn === null && facts.isUseAttributed
      ? [[beginning, use, login].flatMap((part) => part ?? []).join(', ')]
      : [beginning, use, login].flatMap((part) => part ?? [])
  return [...sentences, ...unreadOf(facts)].map((sentence) => `${capitalize(sentence)}.`).join(' ')
}

/** `a guest, added Aug 12, disabled` */
function beginningOf({ user, window }: StoryFacts): string | undefined {
  const parts = [
    user.kind === 'service_account' ? 'service account' : undefined,
    user.seat?.type === 'guest' ? 'guest' : undefined,
    user.addedAt === null ? undefined : `added ${dayIn(user.addedAt.slice(0, 10), window.to)}`,
    user.removedAt === null ? undefined : `no longer found since ${dayIn(user.removedAt.slice(0, 10), window.to)}`,
    user.accountStatus === 'disabled' || user.accountStatus === 'banned' ? user.accountStatus : undefined,
  ].filter((part) => part !== undefined)
  return parts.length === 0 ? undefined : parts.join(', ')
}

function useOf({ user, window, lastKinds, unread, isUseAttributed }: StoryFacts): string {
  const days = daysBetween(window.from, window.to) + 1
  const { lastActiveOn, lastActivitySource } = user
  if (lastActiveOn === null) {
    if (!isUseAttributed) return 'whether they use the API is not known: no use is attributed to any person'
    if (unread.length > 0) return `no use of the API known in the last ${formatCount(days, 'day')}`
    return isAllRead(user, window) ? 'never used the API' : `never used the API in the last ${formatCount(days, 'day')}`
  }
  const on = dayIn(lastActiveOn, window.to)
  const amount = `${amountOf(user)} in ${formatCount(days, 'day')}`
  if (lastActivitySource === 'api_key') return `last used an API key on ${on}, ${amount}`
  const kinds = lastKinds.map((kind) => kind.replaceAll('_', ' '))
  const isOther = lastActivitySource === 'other_usage' && kinds.length > 0
  return `last used the API on ${on}${isOther ? ` (${listInWords(kinds)})` : ''}, ${amount}`
}

/** True when the days that were read hold everything since the person was added. */
function isAllRead({ addedAt }: Pick<WireUser, 'addedAt'>, { from }: StoryFacts['window']): boolean {
  return addedAt !== null && addedAt.slice(0, 10) >= from
}

/** Requests of the primary kind and of others are never added to each other. */
function amountOf({ requests, otherRequests }: Pick<WireUser, 'requests' | 'otherRequests'>): string {
  if (requests === 0 && otherRequests === 0) return 'no requests of their own'
  if (otherRequests === 0) return formatCount(requests, 'request')
  const others = formatNumber(otherRequests)
  if (requests === 0) return `${formatCount(otherRequests, 'request')} of other kinds`
  return `${formatCount(requests, 'request')} and ${others} of other kinds`
}

function loginOf({ user: { lastLoginOn, kind }, logins, window }: StoryFacts): string | undefined {
  if (logins === null || kind === 'service_account') return undefined
  if (lastLoginOn !== null) return `last signed in ${dayIn(lastLoginOn, window.to)}`
  const from = dayIn(logins.from, window.to)
  return logins.to < window.to
    ? `no sign-in from ${from} to ${dayIn(logins.to, window.to)}`
    : `no sign-in since ${from}`
}

function unreadOf({ unread }: StoryFacts): string[] {
  const labelsOf = (isPartly: boolean) =>
    unread.filter(({ isPartlyRead }) => isPartlyRead === isPartly).map(({ label }) => label)
  const [none, partly] = [labelsOf(false), labelsOf(true)]
  return [
    ...(none.length > 0 ? [`${listInWords(none)} were not read`] : []),
    ...(partly.length > 0 ? [`${listInWords(partly)} were read only in part`] : []),
  ]
}

/** The year is only said where it is another one. */
function dayIn(day: Day, today: Day): string {
  return day.slice(0, 4) === today.slice(0, 4) ? formatDayShort(day) : formatDay(day)
}
