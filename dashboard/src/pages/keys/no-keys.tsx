import type { KeysView } from '../../api/keys-view.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { LinkButton } from '../../components/link-button.tsx'
import { isFilteredKeysView } from './keys-view.ts'

/** Says why the list of keys is empty. */
export function NoKeys({ view, onClear }: { view: KeysView; onClear: () => void }) {
  if (!isFilteredKeysView(view)) return <EmptyState title="The organization has no keys" icon="check" />
  return (
    <EmptyState title="No key matches" icon="search">
      <p>Check the spelling, or remove filters.</p>
      <LinkButton onClick={onClear}>Show all keys</LinkButton>
    </EmptyState>
  )
}
