import { formatExact, formatRelative } from '../format/format-time.ts'
import { useNow } from '../format/use-now.ts'
import { Hint } from './hint.tsx'

/** The relative time of an event that happened, or is planned. The tooltip has the exact time in the reader's zone. */
export function RelativeTime({ instant, isPlanned = false }: { instant: string; isPlanned?: boolean }) {
  const now = useNow()
  // The clock of the server may be ahead of this one: what happened is not said to be in the future.
  const seenAt = isPlanned ? now : new Date(Math.max(now.getTime(), Date.parse(instant)))
  return (
    <Hint text={formatExact(instant)}>
      <time dateTime={instant}>{formatRelative(instant, seenAt)}</time>
    </Hint>
  )
}
