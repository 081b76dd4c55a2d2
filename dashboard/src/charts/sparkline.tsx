import classes from './sparkline.module.css'

const WIDTH = 120
const HEIGHT = 24

/** One small bar a day, the oldest first. A drawing only: the numbers stand beside it. */
export function Sparkline({ values }: { values: readonly number[] }) {
  const top = Math.max(1, ...values)
  const step = WIDTH / Math.max(1, values.length)
  const bars = values.map((value, index) => {
    if (value === 0) return ''
    const height = Math.max(1.5, (value / top) * HEIGHT)
    return `M${(index * step).toFixed(2)} ${HEIGHT}v${(-height).toFixed(2)}h${(step * 0.78).toFixed(2)}v${height.toFixed(2)}z`
  })
  return (
    <svg
      className={`${classes.sparkline} keeps-colour`}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d={bars.join('')} />
    </svg>
  )
}
