import { Link } from 'wouter'
import { EmptyState } from '../../components/empty-state.tsx'
import { LinkButton } from '../../components/link-button.tsx'
import { isFilteredPeopleView, nameOfPeopleView, type PeopleView } from './people-view.ts'

const TITLES = {
  several: 'Nobody is in more than one organization',
  idle: 'Everybody with a seat used the API in these days',
  removed: 'Nobody was removed recently',
} as const

/** Says why the list of people is empty. */
export function NoPeople({ view, hasData, onClear }: { view: PeopleView; hasData: boolean; onClear: () => void }) {
  if (!hasData) {
    return (
      <EmptyState title="Nobody to show yet" icon="clock">
        <p>
          People appear here after the first successful sync. The <Link href="/organizations">organizations</Link> say
          how far it is.
        </p>
      </EmptyState>
    )
  }
  const name = nameOfPeopleView(view)
  if (!isFilteredPeopleView(view) && name !== 'all') return <EmptyState title={TITLES[name]} icon="check" />
  return (
    <EmptyState title="Nobody matches" icon="search">
      <p>
        Check the spelling, or remove filters.
        {view.accountStatus === undefined && ' Only active accounts are searched.'}
      </p>
      <LinkButton onClick={onClear}>Show everybody</LinkButton>
    </EmptyState>
  )
}
