import { SegmentedControl } from '@mantine/core'
import { INVITED, type NamedView } from './members-view.ts'

const VIEWS: readonly { value: NamedView | typeof INVITED; label: string }[] = [
  { value: 'all', label: 'Everybody' },
  { value: 'idle', label: 'No recent use' },
  { value: 'newest', label: 'Newest' },
  { value: 'removed', label: 'Removed' },
  { value: INVITED, label: 'Invited' },
]

/** The named views of members, and of those who are invited. */
export function ViewTabs({
  value,
  onChange,
}: {
  value: NamedView | typeof INVITED
  onChange: (name: NamedView | typeof INVITED) => void
}) {
  return (
    <SegmentedControl<NamedView | typeof INVITED>
      aria-label="View"
      size="xs"
      value={value}
      onChange={onChange}
      data={[...VIEWS]}
    />
  )
}
