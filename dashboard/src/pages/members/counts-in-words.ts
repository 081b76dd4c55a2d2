import type { WireLicenses, WireUser } from '../../../../shared/contracts/data-contract.ts'
import { STATUS_LABELS } from '../../components/member-labels.ts'
import { formatCount, formatNumber } from '../../format/format-number.ts'
import type { MembersView } from './members-view.ts'

/**
 * The number of people in the view, with the total where one is defined: `1,234 of 10,000 people`. Totals exist for
 * active people and service accounts, not for disabled, banned or removed ones.
 */
export function countInWords(
  total: number,
  { kind, accountStatus = 'active' }: MembersView,
  counted: Pick<WireLicenses, 'people' | 'serviceAccounts'> | undefined,
): string {
  if (kind === 'any') return `${formatNumber(total)} people and service accounts`
  const [one, many] = kind === 'service_account' ? ['service account', 'service accounts'] : ['person', 'people']
  const whole = kind === 'service_account' ? counted?.serviceAccounts : counted?.people.active
  if (accountStatus !== 'active' || whole === undefined || whole <= total) return formatCount(total, one, many)
  return `${formatNumber(total)} of ${formatCount(whole, one, many)}`
}

/**
 * How many matches of a search the view hides, and why: `3 more match: 2 removed, 1 service account.` `users` are all
 * matches, including visible ones; it is empty when there are too many to explain.
 */
export function hiddenInWords(
  hidden: number,
  users: readonly Pick<WireUser, 'accountStatus' | 'kind'>[],
  { accountStatus = 'active', kind = 'person' }: MembersView,
): string {
  const reasons = new Map<string, number>()
  for (const user of users) {
    const reason = reasonFor(user)
    if (reason !== undefined) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  }
  const named = [...reasons].map(([reason, count]) => `${formatNumber(count)} ${reason}`)
  const filtered = hidden - [...reasons.values()].reduce((sum, count) => sum + count, 0)
  if (users.length > 0 && filtered > 0) named.push(`${formatNumber(filtered)} left out by filters`)
  const matches = hidden === 1 ? 'One match is not shown' : `${formatCount(hidden, 'match', 'matches')} are not shown`
  return `${matches}${named.length > 0 ? `: ${named.join(', ')}` : ''}.`

  function reasonFor(user: Pick<WireUser, 'accountStatus' | 'kind'>): string | undefined {
    if (accountStatus !== 'any' && user.accountStatus !== accountStatus)
      return STATUS_LABELS[user.accountStatus].toLowerCase()
    if (kind === 'any' || user.kind === kind) return undefined
    return user.kind === 'person' ? 'person' : 'service account'
  }
}
