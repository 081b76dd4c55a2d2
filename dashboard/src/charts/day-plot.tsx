import type { Day } from '../../../shared/domain/day.ts'
import { formatDay } from '../format/format-time.ts'
import type { DayMeasure } from './day-measure.ts'
import classes from './day-plot.module.css'
import { SeriesFill } from './series-fill.tsx'
import { heightOf, scaleTop, type StackedDays, sumOf } from './stacked-days.ts'
import { useDayReader } from './use-day-reader.ts'

type StackedDay = StackedDays['days'][number]

interface PlotProps {
  readonly data: StackedDays
  readonly measure: DayMeasure
  readonly unfinishedFrom: Day
}

/**
 * The bars of a day chart. For keyboards and screen readers it is a slider over the days: arrow keys move between days,
 * and each day is announced.
 */
export function DayPlot({ data, measure, unfinishedFrom }: PlotProps) {
  const { days } = data
  const { index, handlers } = useDayReader(days.length)
  const top = scaleTop(Math.max(0, ...days.map(heightOf)))
  const total = sumOf(days.map((day) => day.total))
  const read = index ?? days.length - 1
  const shown = index === undefined ? undefined : days[index]
  return (
    <div className={classes.plot}>
      <div className={classes.scale} aria-hidden="true">
        <span>{measure.formatShort(top)}</span>
        <span>{measure.formatShort(top / 2)}</span>
        <span>0</span>
      </div>
      <div
        className={classes.bars}
        role="slider"
        tabIndex={0}
        aria-label={`${measure.title}: ${measure.format(total)} in ${days.length} days`}
        aria-valuemin={1}
        aria-valuemax={days.length}
        aria-valuenow={read + 1}
        aria-valuetext={dayInWords({ data, measure, unfinishedFrom }, read)}
        {...handlers}
      >
        {days.map((day, place) => (
          <Bar key={day.day} day={day} top={top} isUnfinished={day.day >= unfinishedFrom} isRead={place === index} />
        ))}
        {shown !== undefined && index !== undefined && (
          <Readout data={data} measure={measure} unfinishedFrom={unfinishedFrom} index={index} />
        )}
      </div>
    </div>
  )
}

function Bar({
  day,
  top,
  isUnfinished,
  isRead,
}: {
  day: StackedDay
  top: number
  isUnfinished: boolean
  isRead: boolean
}) {
  return (
    <span className={classes.day} data-read={isRead} data-unfinished={isUnfinished}>
      {day.values.flatMap((value, index) =>
        value <= 0n
          ? []
          : [
              <SeriesFill
                key={index + 1}
                className={classes.part}
                series={index + 1}
                texture={isUnfinished ? 'striped' : 'solid'}
                style={{ height: `${(Number(value) / top) * 100}%` }}
              />,
            ],
      )}
    </span>
  )
}

/** The numbers of one day, on the side of its bar with more room. */
function Readout({ data, measure, unfinishedFrom, index }: PlotProps & { index: number }) {
  const day = data.days[index]
  if (day === undefined) return null
  const place = ((index + 0.5) / data.days.length) * 100
  const isRight = place < 50
  return (
    <span className={classes.readout} style={isRight ? { left: `${place + 2}%` } : { right: `${102 - place}%` }}>
      <strong>
        {formatDay(day.day)}
        {day.day >= unfinishedFrom && `, ${measure.unfinished}`}
      </strong>
      <span className={classes.line}>
        <span>{measure.all}</span>
        <span className={classes.value}>{measure.format(day.total)}</span>
      </span>
      {seriesOf(data, measure)
        .map(({ id, name }, series) => (
          <span key={id} className={classes.line}>
            <SeriesFill className={classes.swatch} series={series + 1} />
            <span className={classes.name}>{name}</span>
            <span className={classes.value}>{measure.format(day.values[series] ?? 0n)}</span>
          </span>
        ))
        .toReversed()}
    </span>
  )
}

function dayInWords({ data, measure, unfinishedFrom }: PlotProps, index: number): string {
  const day = data.days[index]
  if (day === undefined) return ''
  const parts = seriesOf(data, measure).map(({ name }, series) => `${name} ${measure.format(day.values[series] ?? 0n)}`)
  const unfinished = day.day >= unfinishedFrom ? `, ${measure.unfinished}` : ''
  return `${formatDay(day.day)}${unfinished}: ${measure.inWords(day.total)}. ${parts.join(', ')}`.trim()
}

/** The series to name beside the total. A single one has no other value than the total. */
function seriesOf(data: StackedDays, { series }: DayMeasure): StackedDays['series'] {
  return series === null ? [] : data.series
}
