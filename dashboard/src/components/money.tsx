import type { AmountUnits } from '../../../shared/domain/amount.ts'
import { formatExactMoney, formatUnits } from '../format/format-money.ts'

/** An amount of money to the cent. Its title has all digits. */
export function Money({ units, currency }: { units: AmountUnits; currency: string }) {
  return <span title={formatExactMoney(units, currency)}>{formatUnits(units, currency)}</span>
}
