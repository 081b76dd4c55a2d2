import { useLicenses } from '../../api/data-queries.ts'
import { countInWords } from './counts-in-words.ts'
import { DownloadMembers } from './download-members.tsx'
import list from '../../components/list-head.module.css'
import type { MembersView } from './members-view.ts'
import { useMembers } from './use-members.ts'

/** How many people the view has, and their download. */
export function MembersHead({
  id,
  organization,
  view,
}: {
  id: string
  /** The organization's name. Undefined while unknown. */
  organization: string | undefined
  view: MembersView
}) {
  const members = useMembers(id, view)
  const licenses = useLicenses(id)
  const [first] = members.data?.pages ?? []
  const isUpdating = members.isPlaceholderData
  return (
    <>
      <p className={list.count} role="status">
        {isUpdating && 'Updating…'}
        {!isUpdating && first !== undefined && countInWords(first.total, view, licenses.data)}
      </p>
      <DownloadMembers id={id} organization={organization} view={view} window={first?.asOf} />
    </>
  )
}
