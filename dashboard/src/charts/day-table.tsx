import type { Day } from '../../../shared/domain/day.ts'
import { formatDay } from '../format/format-time.ts'
import type { DayMeasure } from './day-measure.ts'
import classes from './day-table.module.css'
import type { StackedDays } from './stacked-days.ts'

/** The numbers of a day chart as a table. */
export function DayTable({
  data,
  measure,
  unfinishedFrom,
}: {
  data: StackedDays
  measure: DayMeasure
  unfinishedFrom: Day
}) {
  // A single series has no other value than the total.
  const series = measure.series === null ? [] : data.series
  return (
    <details className={classes.details}>
      <summary>Show as a table</summary>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={`${measure.title}, every number`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Day (UTC)</th>
              {series.map(({ id, name }) => (
                <th key={id} scope="col">
                  {name}
                </th>
              ))}
              <th scope="col">{measure.all}</th>
            </tr>
          </thead>
          <tbody>
            {data.days.toReversed().map(({ day, total, values }) => (
              <tr key={day}>
                <th scope="row">
                  {formatDay(day)}
                  {day >= unfinishedFrom && `, ${measure.unfinished}`}
                </th>
                {series.map(({ id }, index) => (
                  <td key={id}>{measure.format(values[index] ?? 0n)}</td>
                ))}
                <td>{measure.format(total)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
