import { SegmentedControl } from '@mantine/core'
import { nameOfView, renameView, type MembersView, type NamedView } from './members-view.ts'

const VIEWS: readonly { value: NamedView; label: string }[] = [
  { value: 'all', label: 'Everybody' },
  { value: 'idle', label: 'No recent use' },
  { value: 'newest', label: 'Newest' },
  { value: 'left', label: 'Left' },
]

/** The named views. */
export function ViewTabs({
  view,
  windowDays,
  onChange,
}: {
  view: MembersView
  windowDays: number | undefined
  onChange: (view: MembersView) => void
}) {
  return (
    <SegmentedControl
      aria-label="View"
      size="xs"
      value={nameOfView(view)}
      onChange={(name) => onChange(renameView(view, name, windowDays))}
      data={[...VIEWS]}
    />
  )
}
