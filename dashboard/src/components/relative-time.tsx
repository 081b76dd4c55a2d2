import { formatExact, formatRelative } from '../format/format-time.ts'
import { useNow } from '../format/use-now.ts'
import { Hint } from './hint.tsx'

/** A relative time. The tooltip has the exact time in the reader's zone. */
export function RelativeTime({ instant }: { instant: string }) {
  const now = useNow()
  return (
    <Hint text={formatExact(instant)}>
      <time dateTime={instant}>{formatRelative(instant, now)}</time>
    </Hint>
  )
}
