import type { WireProvider } from '../../../../shared/contracts/provider-contract.ts'
import { useMayBeRead } from '../../api/integration-queries.ts'
import { notMeasured, useProviderOf } from '../../api/provider-queries.ts'
import { AsOfLine } from '../../components/as-of-line.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { noUseIn } from '../../components/member-labels.ts'
import { MisreadNotice } from '../../components/misread-notice.tsx'
import { PendingOverlay } from '../../components/pending-overlay.tsx'
import { OlderCosts } from '../../components/older-costs.tsx'
import { SourcesLine } from '../../components/sources-line.tsx'
import { countDays } from '../../format/day-spans.ts'
import { MatchesElsewhereLine, useMatchesElsewhere } from './matches-elsewhere.tsx'
import { MemberFilters } from './member-filters.tsx'
import { MemberTable } from './member-table.tsx'
import classes from './members-page.module.css'
import {
  misreadMembersParameters,
  nameOfView,
  readMembersView,
  type MembersView,
  type NamedView,
} from './members-view.ts'
import { NobodyFound } from './nobody-found.tsx'
import { useMembers } from './use-members.ts'

/** Explanations for views whose names are not enough. */
function noteOn(view: MembersView, provider: WireProvider | undefined): string | undefined {
  const notes: Readonly<Partial<Record<NamedView, string>>> = {
    idle: `${noUseIn(Number(view.idleDays))}, by people with a seat who joined before that. ${notMeasured(provider)}`,
    newest: 'Everybody, those who joined last first.',
    removed: 'People who are no longer in the organization, kept for 60 days after the sync that missed them.',
  }
  return notes[nameOfView(view)]
}

/** The people of a view, with search, filters and order. */
export function MembersList({
  id,
  search,
  onChange,
}: {
  id: string
  search: URLSearchParams
  onChange: (view: MembersView) => void
}) {
  const view = readMembersView(search)
  const clear = () => {
    onChange({})
    // The button is removed together with the empty list.
    document.querySelector<HTMLElement>('[role=search] input')?.focus()
  }
  const members = useMembers(id, view)
  const users = members.data?.pages.flatMap(({ items }) => items)
  const [first] = members.data?.pages ?? []
  const asOf = first?.asOf
  const windowDays = countDays(asOf)
  const provider = useProviderOf(id)
  const mayHaveCosts = useMayBeRead(id, 'costs')
  const total = first?.total
  // The view that the visible rows belong to, until those of the selected view arrive.
  const viewShown = first?.view ?? view
  const elsewhere = useMatchesElsewhere(id, viewShown, total)
  const note = noteOn(viewShown, provider)
  return (
    <>
      <MemberFilters
        integrationId={id}
        view={view}
        windowDays={windowDays}
        mayHaveCosts={mayHaveCosts}
        onChange={onChange}
      />
      <div className={classes.about}>
        <AsOfLine asOf={asOf} />
        <SourcesLine integrationId={id} />
        {mayHaveCosts && <OlderCosts integrationId={id} />}
        {note !== undefined && <p className={classes.note}>{note}</p>}
        {users !== undefined && users.length > 0 && elsewhere !== undefined && (
          <div className={classes.elsewhere}>
            <MatchesElsewhereLine elsewhere={elsewhere} onShow={onChange} />
          </div>
        )}
      </div>
      <MisreadNotice parameters={misreadMembersParameters(search)} />
      {members.isError && <ErrorNotice error={members.error} retry={() => void members.refetch()} />}
      <PendingOverlay busy={members.isPlaceholderData}>
        {users?.length === 0 ? (
          <NobodyFound
            elsewhere={elsewhere}
            view={viewShown}
            hasData={asOf !== null}
            onChange={onChange}
            onClear={clear}
          />
        ) : (
          (users !== undefined || members.isPending) && (
            <MemberTable
              users={users}
              total={total ?? 0}
              integrationId={id}
              view={viewShown}
              window={asOf ?? undefined}
              mayHaveCosts={mayHaveCosts}
              onSort={(sort) => onChange({ ...view, sort })}
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
