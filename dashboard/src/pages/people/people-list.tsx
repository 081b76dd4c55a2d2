import type { WireIntegration } from '../../../../shared/contracts/integration-contract.ts'
import { misreadParameters } from '../../components/address-view.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { noUseIn } from '../../components/member-labels.ts'
import { MisreadNotice } from '../../components/misread-notice.tsx'
import { OldestSync } from '../../components/oldest-sync.tsx'
import { OrganizationsRead } from '../../components/organizations-read.tsx'
import { PendingOverlay } from '../../components/pending-overlay.tsx'
import { NoPeople } from './no-people.tsx'
import { PeopleFilters } from './people-filters.tsx'
import classes from './people-page.module.css'
import { PeopleTable } from './people-table.tsx'
import { nameOfPeopleView, readPeopleView, type PeopleView, type PeopleViewName } from './people-view.ts'
import { usePeople } from './use-people.ts'

/** Explanations for views whose names are not enough. */
function noteOn(view: PeopleView): string | undefined {
  const notes: Readonly<Partial<Record<PeopleViewName, string>>> = {
    several: `People who are in ${view.minOrganizations} or more organizations.`,
    idle: `${noUseIn(Number(view.idleDays))} in any organization, by people with a seat who joined before that.`,
    removed: 'People who were removed from an organization in the last 60 days. They may still be in others.',
  }
  return notes[nameOfPeopleView(view)]
}

/** The people of a view, with search, filters and order. */
export function PeopleList({
  integrations,
  windowDays,
  search,
  onChange,
}: {
  integrations: readonly WireIntegration[]
  windowDays: number | undefined
  search: URLSearchParams
  onChange: (view: PeopleView) => void
}) {
  const view = readPeopleView(search)
  const clear = () => {
    onChange({})
    // The button is removed together with the empty list.
    document.querySelector<HTMLElement>('[role=search] input')?.focus()
  }
  const list = usePeople(view)
  const people = list.data?.pages.flatMap(({ items }) => items)
  const [first] = list.data?.pages ?? []
  // The view that the visible rows belong to, until those of the selected view arrive.
  const viewShown = first?.view ?? view
  return (
    <>
      <PeopleFilters view={view} integrations={integrations} windowDays={windowDays} onChange={onChange} />
      <div className={classes.about}>
        {first !== undefined && <OldestSync at={first.oldestSyncedAt} areSeveral={integrations.length > 1} />}
        <span>{noteOn(viewShown)}</span>
      </div>
      <MisreadNotice parameters={misreadParameters(search, view)} />
      <OrganizationsRead integrations={integrations} />
      {list.isError && <ErrorNotice error={list.error} retry={() => void list.refetch()} />}
      <PendingOverlay busy={list.isPlaceholderData}>
        {people?.length === 0 ? (
          <NoPeople view={viewShown} hasData={first?.oldestSyncedAt !== null} onClear={clear} />
        ) : (
          (people !== undefined || list.isPending) && (
            <PeopleTable
              people={people}
              total={first?.total ?? 0}
              sort={viewShown.sort ?? 'name'}
              windowDays={windowDays}
              areSeveral={integrations.length > 1}
              hasRoster={first !== undefined && first.rosterEntries !== null}
              onSort={(sort) => onChange({ ...view, sort })}
              onEnd={() => {
                if (list.hasNextPage && !list.isFetching) void list.fetchNextPage()
              }}
            />
          )
        )}
      </PendingOverlay>
    </>
  )
}
