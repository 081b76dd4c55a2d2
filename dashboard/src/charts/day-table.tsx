import type { Day } from '../../../shared/domain/day.ts'
import { formatNumber } from '../format/format-number.ts'
import { formatDay } from '../format/format-time.ts'
import classes from './day-table.module.css'
import type { StackedDays } from './stacked-days.ts'

/** The numbers of a day chart as a table. */
export function DayTable({ data, unfinished }: { data: StackedDays; unfinished: Day }) {
  return (
    <details className={classes.details}>
      <summary>Show as a table</summary>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label="Requests by day, every number">
        <table>
          <thead>
            <tr>
              <th scope="col">Day (UTC)</th>
              {data.models.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
              <th scope="col">All requests</th>
            </tr>
          </thead>
          <tbody>
            {data.days.toReversed().map(({ day, total, values }) => (
              <tr key={day}>
                <th scope="row">
                  {formatDay(day)}
                  {day === unfinished && ', so far'}
                </th>
                {values.map((value, series) => (
                  <td key={data.models[series]?.name}>{formatNumber(value)}</td>
                ))}
                <td>{formatNumber(total)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
