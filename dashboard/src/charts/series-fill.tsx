import type { CSSProperties } from 'react'
import classes from './series.module.css'

/** A model's place in the stack, from 1, or a state that has a color of its own. */
export type SeriesColor = number | 'no-use'

/** What tells two parts apart without their color. */
export type SeriesTexture = 'solid' | 'striped' | 'hollow'

/** A surface in the color of a series: a part of a bar, or its sign in a legend. Keeps it where a system forces its own colors. */
export function SeriesFill({
  series,
  texture = 'solid',
  className = '',
  style,
}: {
  series: SeriesColor
  texture?: SeriesTexture
  className: string | undefined
  style?: CSSProperties
}) {
  return (
    <span
      className={`${classes.fill} ${className} keeps-color`}
      data-series={series}
      data-texture={texture}
      {...(style !== undefined && { style })}
    />
  )
}
