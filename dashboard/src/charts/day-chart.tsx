import type { Day } from '../../../shared/domain/day.ts'
import { formatNumber } from '../format/format-number.ts'
import { formatDayShort } from '../format/format-time.ts'
import classes from './day-chart.module.css'
import { DayPlot } from './day-plot.tsx'
import { DayTable } from './day-table.tsx'
import { dayTicks } from './day-ticks.ts'
import { SeriesFill } from './series-fill.tsx'
import type { StackedDays } from './stacked-days.ts'

/** Requests by UTC day, stacked by model. Each day can be inspected, and a table below has the same numbers. */
export function DayChart({
  data,
  unfinished,
}: {
  data: StackedDays
  /** The day that was incomplete when it was read. */
  unfinished: Day
}) {
  const hasUnfinished = data.days.some(({ day }) => day === unfinished)
  return (
    <div>
      <ul className={classes.legend} aria-label="Models, from the bottom of the bars to their top">
        {data.models.map(({ name, requests }, series) => (
          <li key={name}>
            <SeriesFill className={classes.swatch} series={series + 1} />
            <span>{name}</span>
            <span className={classes.amount}>{formatNumber(requests)}</span>
          </li>
        ))}
      </ul>
      <DayPlot data={data} unfinished={unfinished} />
      <Axis days={data.days.map(({ day }) => day)} />
      <p className={classes.note}>
        UTC days; models from the bottom up.
        {hasUnfinished && ` Striped: ${formatDayShort(unfinished)} was incomplete when it was read.`}
      </p>
      <DayTable data={data} unfinished={unfinished} />
    </div>
  )
}

function Axis({ days }: { days: readonly Day[] }) {
  return (
    <div className={classes.axis} aria-hidden="true">
      {dayTicks(days).map((index) => (
        <span key={index} className={classes.tick} style={{ left: `${((index + 0.5) / days.length) * 100}%` }}>
          {formatDayShort(days[index] ?? '')}
        </span>
      ))}
    </div>
  )
}
