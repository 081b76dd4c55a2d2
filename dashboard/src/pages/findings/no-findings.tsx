import { EmptyState } from '../../components/empty-state.tsx'
import { LinkButton } from '../../components/link-button.tsx'

/** Says why the list of findings is empty. */
export function NoFindings({
  isFiltered,
  hasData,
  onClear,
}: {
  isFiltered: boolean
  hasData: boolean
  onClear: () => void
}) {
  if (!hasData) {
    return (
      <EmptyState title="Nothing to show yet" icon="clock">
        <p>Findings appear here after the first successful sync.</p>
      </EmptyState>
    )
  }
  if (!isFiltered) {
    return (
      <EmptyState title="Nothing needs a look" icon="check">
        <p>There is no open finding in what was read.</p>
      </EmptyState>
    )
  }
  return (
    <EmptyState title="No finding matches" icon="search">
      <LinkButton onClick={onClear}>Show all open findings</LinkButton>
    </EmptyState>
  )
}
