import { formatNumber } from '../format/format-number.ts'
import { kindInWords, quantityInWords, type Unit } from './kinds-in-words.ts'
import classes from './kinds-table.module.css'

/** Usage of one kind. Quantities of different kinds have different units, so they are never added to each other. */
export interface KindOfUse {
  /** The provider's name of the kind, such as `audio_speeches`. */
  readonly kind: string
  readonly requests: number
  /** Null for a kind without one. */
  readonly quantity: number | null
  readonly unit: Unit | null
}

/** Usage by kind: requests, and the quantity with its unit. */
export function KindsTable({ kinds, label }: { kinds: readonly KindOfUse[]; label: string }) {
  return (
    <table className={classes.table} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">Kind</th>
          <th scope="col" className={classes.number}>
            Requests
          </th>
          <th scope="col" className={classes.number}>
            Quantity
          </th>
        </tr>
      </thead>
      <tbody>
        {kinds.map(({ kind, requests, quantity, unit }) => (
          <tr key={kind}>
            <th scope="row">{kindInWords(kind)}</th>
            <td className={classes.number}>{formatNumber(requests)}</td>
            <td className={classes.number}>{quantityInWords(quantity, unit)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
