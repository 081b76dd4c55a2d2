import { formatExact, formatRelative } from '../format/format-time.ts'
import { useNow } from '../format/use-now.ts'
import { Hint } from './hint.tsx'

/** How long ago, or until; the exact time in the reader's zone on hover and focus. */
export function RelativeTime({ instant }: { instant: string }) {
  const now = useNow()
  return (
    <Hint text={formatExact(instant)}>
      <time dateTime={instant}>{formatRelative(instant, now)}</time>
    </Hint>
  )
}
