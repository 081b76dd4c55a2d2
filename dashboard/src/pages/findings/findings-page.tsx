import { Skeleton } from '@mantine/core'
import { useRef, useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import { useCompanyDataOfLastSyncs, useFindings } from '../../api/company-queries.ts'
import type { FindingsView } from '../../api/findings-view.ts'
import { useIntegrations } from '../../api/integration-queries.ts'
import { misreadParameters, writeView } from '../../components/address-view.ts'
import { Breadcrumb } from '../../components/breadcrumb.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { countFindings } from '../../components/finding-words.ts'
import { MisreadNotice } from '../../components/misread-notice.tsx'
import { MoreButton } from '../../components/more-button.tsx'
import { NothingConnected } from '../../components/nothing-connected.tsx'
import { Notice } from '../../components/notice.tsx'
import { OldestSync } from '../../components/oldest-sync.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { PendingOverlay } from '../../components/pending-overlay.tsx'
import { useTitle } from '../../layout/use-title.ts'
import { FindingFilters } from './finding-filters.tsx'
import { FindingGroup } from './finding-group.tsx'
import { groupFindings } from './finding-groups.ts'
import classes from './findings-page.module.css'
import { isFilteredFindingsView, readFindingsView } from './findings-view.ts'
import { NoFindings } from './no-findings.tsx'
import { NotJudged } from '../../components/not-judged.tsx'

/** What should be looked at in all organizations, the most severe first. The address contains the view. */
export default function FindingsPage() {
  useTitle('Findings')
  const integrations = useIntegrations()
  return (
    <>
      <Breadcrumb href="/">Overview</Breadcrumb>
      <PageHeader
        title="Findings"
        lead={
          <>
            What should be looked at, and why. What is all right as it is can be accepted with a reason.{' '}
            <Link href="/help#findings">What this shows</Link>
          </>
        }
      />
      {integrations.data?.length === 0 ? <NothingConnected /> : <Findings integrations={integrations} />}
    </>
  )
}

function Findings({ integrations }: { integrations: ReturnType<typeof useIntegrations> }) {
  useCompanyDataOfLastSyncs()
  const [search, setSearch] = useSearchParams()
  const view = readFindingsView(search)
  const setView = (next: FindingsView) => setSearch(writeView(next))
  const [done, setDone] = useState('')
  const status = useRef<HTMLDivElement>(null)
  const findings = useFindings(view)
  const pages = findings.data?.pages
  const items = pages?.flatMap((page) => page.items)
  const first = pages?.[0]
  // Whether organizations are named depends on how many there are.
  const areSeveral = (integrations.data?.length ?? 0) > 1
  const isLoading = findings.isPending || integrations.isPending
  const clear = () => {
    setView({})
    // The button is removed together with the empty list.
    document.querySelector<HTMLElement>('[role=search] select')?.focus()
  }
  return (
    <>
      <FindingFilters view={view} onChange={setView} />
      <MisreadNotice parameters={misreadParameters(search, view)} />
      <div ref={status} role="status" tabIndex={-1} className={classes.status}>
        {done !== '' && <Notice kind="good">{done}</Notice>}
        <Total findings={findings} areSeveral={areSeveral} />
      </div>
      {findings.isError && <ErrorNotice error={findings.error} retry={() => void findings.refetch()} />}
      {isLoading && !findings.isError && <Skeleton height={480} radius={10} />}
      {!isLoading && (
        <PendingOverlay busy={findings.isPlaceholderData}>
          {first !== undefined && <NotJudged notJudged={first.notJudged} />}
          {items?.length === 0 && (
            <NoFindings
              isFiltered={isFilteredFindingsView(first?.view ?? view)}
              hasData={first?.oldestSyncedAt !== null}
              onClear={clear}
            />
          )}
          <section aria-label="Findings" tabIndex={-1}>
            {groupFindings(items ?? []).map((group) => (
              <FindingGroup
                key={group.type}
                group={group}
                leadsTo={areSeveral ? 'person' : 'member'}
                onChanged={setDone}
                focusTarget={() => status.current}
              />
            ))}
            <MoreButton pages={findings}>Show more findings</MoreButton>
          </section>
        </PendingOverlay>
      )}
    </>
  )
}

/** How many findings the view has, and how old they can be. */
function Total({ findings, areSeveral }: { findings: ReturnType<typeof useFindings>; areSeveral: boolean }) {
  const [first] = findings.data?.pages ?? []
  return (
    <p className={classes.count}>
      {findings.isPlaceholderData && 'Updating…'}
      {!findings.isPlaceholderData && first !== undefined && (
        <>
          <span>{countFindings(first.total)}</span>
          <OldestSync at={first.oldestSyncedAt} areSeveral={areSeveral} />
        </>
      )}
    </p>
  )
}
