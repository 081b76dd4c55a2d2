import type { Day } from '../../../shared/domain/day.ts'
import { formatDayShort } from '../format/format-time.ts'
import { listInWords } from '../format/list-in-words.ts'
import classes from './day-chart.module.css'
import type { DayMeasure } from './day-measure.ts'
import { DayPlot } from './day-plot.tsx'
import { DayTable } from './day-table.tsx'
import { dayTicks } from './day-ticks.ts'
import { SeriesFill } from './series-fill.tsx'
import type { StackedDays } from './stacked-days.ts'

/** A measure by UTC day, stacked by series. Each day can be inspected, and a table below has the same numbers. */
export function DayChart({
  data,
  measure,
  unfinishedFrom,
}: {
  data: StackedDays
  measure: DayMeasure
  /** The first of the last days that were incomplete when they were read. */
  unfinishedFrom: Day
}) {
  const unfinished = data.days.flatMap(({ day }) => (day >= unfinishedFrom ? [formatDayShort(day)] : []))
  return (
    <div>
      {measure.series !== null && (
        <ul className={classes.legend} aria-label={`${measure.series}, from the bottom of the bars to their top`}>
          {data.series.map(({ id, name, total }, series) => (
            <li key={id}>
              <SeriesFill className={classes.swatch} series={series + 1} />
              <span>{name}</span>
              <span className={classes.amount}>{measure.format(total)}</span>
            </li>
          ))}
        </ul>
      )}
      <DayPlot data={data} measure={measure} unfinishedFrom={unfinishedFrom} />
      <Axis days={data.days.map(({ day }) => day)} />
      <p className={classes.note}>
        UTC days{measure.series !== null && `; ${measure.series.toLowerCase()} from the bottom up`}.
        {unfinished.length > 0 && ` ${measure.unfinishedNote(listInWords(unfinished))}`}
      </p>
      <DayTable data={data} measure={measure} unfinishedFrom={unfinishedFrom} />
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
