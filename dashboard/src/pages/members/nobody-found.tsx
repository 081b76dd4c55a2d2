import { EmptyState } from '../../components/empty-state.tsx'
import { MatchesElsewhereLine, type MatchesElsewhere } from './matches-elsewhere.tsx'
import { LinkButton } from '../../components/link-button.tsx'
import { isFiltered, nameOfView, type MembersView } from './members-view.ts'

/** Says why the list of members is empty. */
export function NobodyFound({
  elsewhere,
  view,
  hasData,
  onChange,
  onClear,
}: {
  elsewhere: MatchesElsewhere | undefined
  view: MembersView
  hasData: boolean
  onChange: (view: MembersView) => void
  onClear: () => void
}) {
  if (!hasData) {
    return (
      <EmptyState title="Nobody to show yet" icon="clock">
        <p>The members appear here after the first successful sync.</p>
      </EmptyState>
    )
  }
  if (!isFiltered(view) && nameOfView(view) === 'removed') {
    return <EmptyState title="Nobody was removed recently" icon="check" />
  }
  if (!isFiltered(view) && nameOfView(view) === 'idle') {
    return <EmptyState title="Everybody with a seat used the API in these days" icon="check" />
  }
  if (elsewhere !== undefined) {
    return (
      <EmptyState title="Nobody matches in this view" icon="search">
        <MatchesElsewhereLine elsewhere={elsewhere} onShow={onChange} />
      </EmptyState>
    )
  }
  return (
    <EmptyState title="Nobody matches" icon="search">
      <p>Check the spelling, or remove filters.</p>
      <LinkButton onClick={onClear}>Show everybody</LinkButton>
    </EmptyState>
  )
}
