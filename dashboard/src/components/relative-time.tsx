import { Tooltip } from '@mantine/core'
import { formatExact, formatRelative } from '../format/format-time.ts'
import { useNow } from '../format/use-now.ts'

/** How long ago, or until; the exact time in the reader's zone on hover and focus. */
export function RelativeTime({ instant }: { instant: string }) {
  const now = useNow()
  return (
    <Tooltip label={formatExact(instant)}>
      <time dateTime={instant} tabIndex={0}>
        {formatRelative(instant, now)}
      </time>
    </Tooltip>
  )
}
