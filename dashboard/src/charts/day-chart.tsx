import { useState } from 'react'
import { formatNumber, formatShort } from '../format/format-number.ts'
import { formatDay, formatDayShort } from '../format/format-time.ts'
import classes from './day-chart.module.css'
import { DayTable } from './day-table.tsx'
import { scaleTop, type StackedDays } from './stacked-days.ts'

/** Requests by UTC day, stacked by model. Hovering reads out a day; the same numbers are in a table below. */
export function DayChart({ data }: { data: StackedDays }) {
  const [hovered, setHovered] = useState<number>()
  const top = scaleTop(Math.max(0, ...data.days.map(({ total }) => total)))
  const shown = hovered === undefined ? undefined : data.days[hovered]
  const total = data.days.reduce((sum, day) => sum + day.total, 0)
  return (
    <div>
      <Legend data={data} hovered={hovered} />
      <div className={classes.plot}>
        <div className={classes.scale} aria-hidden="true">
          <span>{formatShort(top)}</span>
          <span>{formatShort(top / 2)}</span>
          <span>0</span>
        </div>
        <div
          className={classes.bars}
          role="img"
          aria-label={`Requests by day: ${formatNumber(total)} in ${data.days.length} days. The table below has every number.`}
          onMouseLeave={() => setHovered(undefined)}
        >
          {data.days.map((day, index) => (
            <div
              key={day.day}
              className={classes.day}
              data-hovered={index === hovered}
              onMouseEnter={() => setHovered(index)}
            >
              {day.values.map((value, series) => (
                <div
                  key={data.models[series]?.name}
                  className={`${classes.part} keeps-colour`}
                  style={{ height: `${(value / top) * 100}%`, background: `var(--rc-series-${series + 1})` }}
                />
              ))}
            </div>
          ))}
        </div>
      </div>
      <div className={classes.axis} aria-hidden="true">
        <span>{formatDayShort(data.days[0]?.day ?? '')}</span>
        <span className={classes.readout}>
          {shown === undefined ? 'UTC days' : `${formatDay(shown.day)} (UTC): ${formatNumber(shown.total)} requests`}
        </span>
        <span>{formatDayShort(data.days.at(-1)?.day ?? '')}</span>
      </div>
      <DayTable data={data} />
    </div>
  )
}

function Legend({ data, hovered }: { data: StackedDays; hovered: number | undefined }) {
  const shown = hovered === undefined ? undefined : data.days[hovered]
  return (
    <ul className={classes.legend}>
      {data.models.map(({ name, requests }, series) => (
        <li key={name}>
          <span className={`${classes.swatch} keeps-colour`} style={{ background: `var(--rc-series-${series + 1})` }} />
          <span className={classes.model}>{name}</span>
          <span className={classes.amount}>{formatNumber(shown?.values[series] ?? requests)}</span>
        </li>
      ))}
    </ul>
  )
}
