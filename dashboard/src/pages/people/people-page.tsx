import { Button, SegmentedControl } from '@mantine/core'
import { useEffect } from 'react'
import { Link, useSearchParams } from 'wouter'
import { useWindowDays } from '../../api/data-queries.ts'
import { useMayWrite } from '../../api/me-query.ts'
import { useCompanyDataOfLastSyncs } from '../../api/company-queries.ts'
import { useIntegrations } from '../../api/integration-queries.ts'
import { writeView } from '../../components/address-view.ts'
import { rememberSearch } from '../../components/last-search.ts'
import { NothingConnected } from '../../components/nothing-connected.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { useTitle } from '../../layout/use-title.ts'
import { PeopleHead } from './people-head.tsx'
import { PeopleList } from './people-list.tsx'
import classes from './people-page.module.css'
import {
  nameOfPeopleView,
  readPeopleView,
  renamePeopleView,
  type PeopleView,
  type PeopleViewName,
} from './people-view.ts'

const VIEWS: readonly { value: PeopleViewName; label: string }[] = [
  { value: 'all', label: 'Everybody' },
  { value: 'several', label: 'In several' },
  { value: 'idle', label: 'No recent use' },
  { value: 'left', label: 'Removed' },
]

/** Everybody over all organizations, each person once. The address contains the view. */
export default function PeoplePage() {
  useTitle('People')
  const [search, setSearch] = useSearchParams()
  const view = readPeopleView(search)
  const address = writeView(view).toString()
  useEffect(() => rememberSearch('/people', address), [address])
  useCompanyDataOfLastSyncs()
  const integrations = useIntegrations().data
  const windowDays = useWindowDays(integrations)
  const mayWrite = useMayWrite()
  const name = nameOfPeopleView(view)
  const areSeveral = integrations === undefined || integrations.length > 1
  // The back button undoes a filter. Typing is one history entry, not one for each letter.
  const setView = (next: PeopleView) =>
    setSearch(writeView(next), { replace: view.q !== undefined && next.q !== view.q })
  if (integrations?.length === 0) {
    return (
      <>
        <PageHeader title="People" />
        <NothingConnected />
      </>
    )
  }
  return (
    <>
      <PageHeader
        title="People"
        lead={
          areSeveral
            ? 'Each person once, with all of their organizations. The same address is the same person.'
            : 'Everybody in your organization.'
        }
        actions={
          mayWrite && (
            <Button component={Link} href="/people/roster" variant="default">
              Roster of employees
            </Button>
          )
        }
      />
      <div className={classes.top}>
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
