import type { Day } from '../../../shared/domain/day.ts'
import { formatNumber, formatShort } from '../format/format-number.ts'
import { formatDay } from '../format/format-time.ts'
import classes from './day-plot.module.css'
import { SeriesFill } from './series-fill.tsx'
import { scaleTop, type StackedDays } from './stacked-days.ts'
import { useDayReader } from './use-day-reader.ts'

type StackedDay = StackedDays['days'][number]

/**
 * The bars of a day chart. For keyboards and screen readers it is a slider over the days: arrow keys move between days,
 * and each day is announced.
 */
export function DayPlot({ data, unfinished }: { data: StackedDays; unfinished: Day }) {
  const { days } = data
  const { index, handlers } = useDayReader(days.length)
  const top = scaleTop(Math.max(0, ...days.map(({ total }) => total)))
  const total = days.reduce((sum, day) => sum + day.total, 0)
  const read = index ?? days.length - 1
  const shown = index === undefined ? undefined : days[index]
  return (
    <div className={classes.plot}>
      <div className={classes.scale} aria-hidden="true">
        <span>{formatShort(top)}</span>
        <span>{formatShort(top / 2)}</span>
        <span>0</span>
      </div>
      <div
        className={classes.bars}
        role="slider"
        tabIndex={0}
        aria-label={`Requests by day: ${formatNumber(total)} in ${days.length} days`}
        aria-valuemin={1}
        aria-valuemax={days.length}
        aria-valuenow={read + 1}
        aria-valuetext={dayInWords(data, read, unfinished)}
        {...handlers}
      >
        {days.map((day, place) => (
          <Bar key={day.day} day={day} top={top} isUnfinished={day.day === unfinished} isRead={place === index} />
        ))}
        {shown !== undefined && index !== undefined && (
          <Readout data={data} index={index} isUnfinished={shown.day === unfinished} />
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
        value === 0
          ? []
          : [
              <SeriesFill
                key={index + 1}
                className={classes.part}
                series={index + 1}
                texture={isUnfinished ? 'striped' : 'solid'}
                style={{ height: `${(value / top) * 100}%` }}
              />,
            ],
      )}
    </span>
  )
}

/** The numbers of one day, on the side of its bar with more room. */
function Readout({ data, index, isUnfinished }: { data: StackedDays; index: number; isUnfinished: boolean }) {
  const day = data.days[index]
  if (day === undefined) return null
  const place = ((index + 0.5) / data.days.length) * 100
  const isRight = place < 50
  return (
    <span className={classes.readout} style={isRight ? { left: `${place + 2}%` } : { right: `${102 - place}%` }}>
      <strong>
        {formatDay(day.day)}
        {isUnfinished && ', so far'}
      </strong>
      <span className={classes.line}>
        <span>All requests</span>
        <span className={classes.value}>{formatNumber(day.total)}</span>
      </span>
      {data.models
        .map(({ name }, series) => (
          <span key={name} className={classes.line}>
            <SeriesFill className={classes.swatch} series={series + 1} />
            <span className={classes.name}>{name}</span>
            <span className={classes.value}>{formatNumber(day.values[series] ?? 0)}</span>
          </span>
        ))
        .toReversed()}
    </span>
  )
}

function dayInWords({ days, models }: StackedDays, index: number, unfinished: Day): string {
  const day = days[index]
  if (day === undefined) return ''
  const parts = models.map(({ name }, series) => `${name} ${formatNumber(day.values[series] ?? 0)}`)
  const soFar = day.day === unfinished ? ', so far' : ''
  return `${formatDay(day.day)}${soFar}: ${formatNumber(day.total)} requests. ${parts.join(', ')}`
}
