import type { WireLicenses } from '../../../../shared/contracts/data-contract.ts'
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
