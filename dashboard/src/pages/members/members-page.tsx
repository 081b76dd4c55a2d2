import { useEffect } from 'react'
import { useSearchParams } from 'wouter'
import type { WireProvider } from '../../../../shared/contracts/provider-contract.ts'
import { useLicenses } from '../../api/data-queries.ts'
import { notMeasured, useProviderOf } from '../../api/provider-queries.ts'
import { AsOfLine } from '../../components/as-of-line.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { noUseIn } from '../../components/member-labels.ts'
import { Notice } from '../../components/notice.tsx'
import { PendingOverlay } from '../../components/pending-overlay.tsx'
import { countDays } from '../../format/day-spans.ts'
import type { IntegrationPageProps } from '../../layout/integration-frame.tsx'
import { useTitle } from '../../layout/use-title.ts'
import { countInWords } from './counts-in-words.ts'
import { DownloadButtons } from './download-buttons.tsx'
import { FilterBar } from './filter-bar.tsx'
import { rememberMembersSearch } from './last-members-search.ts'
import { MatchesElsewhereLine, useMatchesElsewhere, type MatchesElsewhere } from './matches-elsewhere.tsx'
import { MemberTable } from './member-table.tsx'
import classes from './members-page.module.css'
import {
  isFiltered,
  misreadParameters,
  nameOfView,
  readMembersView,
  writeMembersView,
  type MembersView,
  type NamedView,
} from './members-view.ts'
import { useMembers } from './use-members.ts'
import { ViewTabs } from './view-tabs.tsx'

/** Explanations for views whose names are not enough. */
function noteOn(view: MembersView, provider: WireProvider | undefined): string {
  const notes: Readonly<Record<NamedView, string>> = {
    all: 'Pending invitations are not listed.',
    idle: `${noUseIn(Number(view.idleDays))}, by people with a seat who joined before that. ${notMeasured(provider)}`,
    newest: 'Everybody, those who joined last first. Pending invitations are not listed.',
    left: 'People who are no longer in the organization, kept for 60 days after the sync that missed them.',
  }
  return notes[nameOfView(view)]
}

/** Everybody in the organization, with search, filters, order and export. The address contains the view. */
export default function MembersPage({ id, integration }: IntegrationPageProps) {
  useTitle(integration === undefined ? 'Members' : `Members · ${integration.name}`)
  const [search, setSearch] = useSearchParams()
  const view = readMembersView(search)
  const address = writeMembersView(view).toString()
  useEffect(() => rememberMembersSearch(id, address), [id, address])
  // The back button undoes a filter. Typing is one history entry, not one for each letter.
  const setView = (next: MembersView) =>
    setSearch(writeMembersView(next), { replace: view.q !== undefined && next.q !== view.q })
  const clear = () => {
    setView({})
    // The button is removed together with the empty list.
    document.querySelector<HTMLElement>('[role=search] input')?.focus()
  }
  const members = useMembers(id, view)
  const users = members.data?.pages.flatMap(({ items }) => items)
  const asOf = members.data?.pages[0]?.asOf
  const windowDays = countDays(asOf)
  const licenses = useLicenses(id)
  const provider = useProviderOf(id)
  const total = members.data?.pages[0]?.total
  // The view that the visible rows belong to, until those of the selected view arrive.
  const viewShown = members.data?.pages[0]?.view ?? view
  const isUpdating = members.isPlaceholderData
  const elsewhere = useMatchesElsewhere(id, viewShown, total)
  return (
    <>
      <div className={classes.top}>
        <ViewTabs view={view} windowDays={windowDays} onChange={setView} />
        <p className={classes.count} role="status">
          {isUpdating && 'Updating…'}
          {!isUpdating && total !== undefined && countInWords(total, view, licenses.data)}
        </p>
        <DownloadButtons id={id} organization={integration?.name} view={view} window={asOf} />
      </div>
      <FilterBar integrationId={id} view={view} windowDays={windowDays} onChange={setView} />
      <div className={classes.about}>
        <AsOfLine asOf={asOf} />
        <p className={classes.note}>{noteOn(viewShown, provider)}</p>
        {users !== undefined && users.length > 0 && elsewhere !== undefined && (
          <div className={classes.elsewhere}>
            <MatchesElsewhereLine elsewhere={elsewhere} onShow={setView} />
          </div>
        )}
      </div>
      <MisreadNotice parameters={misreadParameters(search)} />
      {members.isError && <ErrorNotice error={members.error} retry={() => void members.refetch()} />}
      <PendingOverlay busy={isUpdating}>
        {users?.length === 0 ? (
          <NobodyFound
            elsewhere={elsewhere}
            view={viewShown}
            hasData={asOf !== null}
            onChange={setView}
            onClear={clear}
          />
        ) : (
          (users !== undefined || members.isPending) && (
            <MemberTable
              users={users}
              total={total ?? 0}
              integrationId={id}
              view={viewShown}
              windowDays={windowDays}
              onSort={(sort) => setView({ ...view, sort })}
              onEnd={() => {
                if (members.hasNextPage && !members.isFetching) void members.fetchNextPage()
              }}
            />
          )
        )}
      </PendingOverlay>
    </>
  )
}

function MisreadNotice({ parameters }: { parameters: readonly string[] }) {
  if (parameters.length === 0) return null
  return (
    <Notice kind="warn" title="Part of this address was not understood">
      {parameters.join(', ')} was left out: the list and its CSV are not filtered by it.
    </Notice>
  )
}

function NobodyFound({
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
  if (!isFiltered(view) && nameOfView(view) === 'left') {
    return <EmptyState title="Nobody has left recently" icon="check" />
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
      <button type="button" className={classes.clear} onClick={onClear}>
        Show everybody
      </button>
    </EmptyState>
  )
}
