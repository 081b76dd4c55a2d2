import type { CSSProperties } from 'react'
import classes from './series.module.css'

/** A series' position in the stack, from 1, or a state with its own color. */
export type SeriesColor = number | 'no-use'

/** The texture that distinguishes two series without color. */
export type SeriesTexture = 'solid' | 'striped' | 'hollow'

/** A surface in the color of a series: a part of a bar, or its legend. It keeps its color in forced-colors mode. */
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
