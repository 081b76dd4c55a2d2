import { formatNumber } from '../format/format-number.ts'
import { kindInWords, quantityInWords, type KindOfUse } from './kinds-in-words.ts'
import classes from './kinds-table.module.css'

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
