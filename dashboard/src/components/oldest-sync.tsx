import { RelativeTime } from './relative-time.tsx'

/** When the figures over all organizations were read. Of several, it is the one that was read longest ago. */
export function OldestSync({ at, areSeveral }: { at: string | null; areSeveral: boolean }) {
  if (at === null) return <span>Not synced yet</span>
  return (
    <span>
      {areSeveral ? 'Oldest sync: ' : 'As of '}
      <RelativeTime instant={at} />
    </span>
  )
}
