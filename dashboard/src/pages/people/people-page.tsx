import { Button, SegmentedControl, Skeleton } from '@mantine/core'
import { useEffect } from 'react'
import { Link, useSearchParams } from 'wouter'
import type { WireIntegration } from '../../../../shared/contracts/integration-contract.ts'
import { useWindowDays } from '../../api/data-queries.ts'
import { useMe } from '../../api/me-query.ts'
import { useCompanyDataOfLastSyncs } from '../../api/company-queries.ts'
import { useIntegrations } from '../../api/integration-queries.ts'
import { writeView } from '../../components/address-view.ts'
import { rememberSearch } from '../../components/last-search.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { NothingConnected } from '../../components/nothing-connected.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { useTitle } from '../../layout/use-title.ts'
import { PeopleHead } from './people-head.tsx'
import { PeopleList } from './people-list.tsx'
import list from '../../components/list-head.module.css'
import classes from './people-page.module.css'
import {
  nameOfPeopleView,
  readPeopleView,
  renamePeopleView,
  type PeopleView,
  type PeopleViewName,
} from './people-view.ts'
import { usePeople } from './use-people.ts'

const VIEWS: readonly { value: PeopleViewName; label: string }[] = [
  { value: 'all', label: 'Everybody' },
  { value: 'several', label: 'In several' },
  { value: 'idle', label: 'No recent use' },
  { value: 'removed', label: 'Removed' },
]

/** Everybody over all organizations, each person once. The address contains the view. */
export default function PeoplePage() {
  useTitle('People')
  const [search] = useSearchParams()
  const view = readPeopleView(search)
  const address = writeView(view).toString()
  useEffect(() => rememberSearch('/people', address), [address])
  useCompanyDataOfLastSyncs()
  const integrations = useIntegrations()
  // In parallel with the integrations.
  usePeople(view)
  const items = integrations.data
  return (
    <>
      <PageHeader
        title="People"
        lead={
          <>
            Everybody with an account, each person once: the same address is the same person.{' '}
            <Link href="/help#people">What this shows</Link>
          </>
        }
        actions={<RosterLink />}
      />
      {integrations.isError && items === undefined && (
        <ErrorNotice error={integrations.error} retry={() => void integrations.refetch()} />
      )}
      {integrations.isPending && <Skeleton height={640} />}
      {items?.length === 0 && <NothingConnected />}
      {items !== undefined && items.length > 0 && <People integrations={items} />}
    </>
  )
}

/** The views of people, and the list of the selected one. */
function People({ integrations }: { integrations: readonly WireIntegration[] }) {
  const [search, setSearch] = useSearchParams()
  const view = readPeopleView(search)
  const windowDays = useWindowDays(integrations)
  const name = nameOfPeopleView(view)
  const areSeveral = integrations.length > 1
  // The back button undoes a filter. Typing is one history entry, not one for each letter.
  const setView = (next: PeopleView) =>
    setSearch(writeView(next), { replace: view.q !== undefined && next.q !== view.q })
  return (
    <>
      <div className={list.top}>
        <SegmentedControl<PeopleViewName>
          aria-label="View"
          size="xs"
          value={name}
          onChange={(next) => setView(renamePeopleView(view, next, windowDays))}
          data={VIEWS.filter(({ value }) => value !== 'several' || areSeveral || name === 'several')}
        />
        <PeopleHead view={view} />
      </div>
      <PeopleList integrations={integrations} windowDays={windowDays} search={search} onChange={setView} />
    </>
  )
}

/** For admins. Invisible and unreachable while it only reserves space: it is not yet known who may upload a roster. */
function RosterLink() {
  const me = useMe()
  if (!me.isPending && me.data?.role !== 'admin') return null
  return (
    <Button
      {...(me.isPending && { className: classes.unseen ?? '' })}
      component={Link}
      href="/people/roster"
      variant="default"
    >
      Roster of employees
    </Button>
  )
}
