import { Skeleton } from '@mantine/core'
import { useSearchParams } from 'wouter'
import { isNotRead } from '../../api/api-error.ts'
import { useMayBeRead } from '../../api/integration-queries.ts'
import { useKeys } from '../../api/key-queries.ts'
import type { KeysView } from '../../api/keys-view.ts'
import { misreadParameters, writeView } from '../../components/address-view.ts'
import { OlderCosts } from '../../components/older-costs.tsx'
import { AsOfLine } from '../../components/as-of-line.tsx'
import { DataSetNotRead } from '../../components/data-set-not-read.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { KeyTable } from '../../components/key-table.tsx'
import { MisreadNotice } from '../../components/misread-notice.tsx'
import { MoreButton } from '../../components/more-button.tsx'
import { PendingOverlay } from '../../components/pending-overlay.tsx'
import type { IntegrationPageProps } from '../../layout/integration-frame.tsx'
import { useTitle } from '../../layout/use-title.ts'
import { FindingTiles } from './finding-tiles.tsx'
import { KeyFilters } from './key-filters.tsx'
import { KeysHead } from './keys-head.tsx'
import classes from './keys-page.module.css'
import { readKeysView } from './keys-view.ts'
import { NoKeys } from './no-keys.tsx'
import { UnreadProjects } from './unread-projects.tsx'

/** The keys of an organization: what should be looked at first, then all of them. The address contains the view. */
export default function KeysPage({ id, integration }: IntegrationPageProps) {
  useTitle(integration === undefined ? 'Keys' : `Keys · ${integration.name}`)
  const [search, setSearch] = useSearchParams()
  const view = readKeysView(search)
  // The back button undoes a filter. Typing is one history entry, not one for each letter.
  const setView = (next: KeysView) => setSearch(writeView(next), { replace: view.q !== undefined && next.q !== view.q })
  const clear = () => {
    setView({})
    // The button is removed together with the empty list.
    document.querySelector<HTMLElement>('[role=search] input')?.focus()
  }
  const keys = useKeys(id, view)
  const mayBeRead = useMayBeRead(id, 'keys')
  if (!mayBeRead || isNotRead(keys.error)) {
    return <DataSetNotRead integrationId={id} dataSet="keys" title="Keys were not read" />
  }
  const items = keys.data?.pages.flatMap((page) => page.items)
  const [first] = keys.data?.pages ?? []
  const { finding } = view
  return (
    <>
      <FindingTiles
        id={id}
        selected={finding === 'any' ? undefined : finding}
        onSelect={(next) => setView({ ...view, finding: next })}
      />
      <section aria-label="Keys">
        <KeysHead id={id} organization={integration?.name} view={view} keys={keys} />
        <KeyFilters integrationId={id} view={view} keys={items} onChange={setView} />
        <div className={classes.about}>
          <AsOfLine asOf={first?.asOf} />
          <OlderCosts integrationId={id} />
        </div>
        <MisreadNotice parameters={misreadParameters(search, view)} />
        <UnreadProjects notRead={first?.notRead ?? []} />
        {keys.isError && <ErrorNotice error={keys.error} retry={() => void keys.refetch()} />}
        {keys.isPending && !keys.isError && <Skeleton height={480} />}
        <PendingOverlay busy={keys.isPlaceholderData}>
          {items?.length === 0 && <NoKeys view={first?.view ?? view} onClear={clear} />}
          {items !== undefined && items.length > 0 && (
            <KeyTable
              keys={items}
              integrationId={id}
              showsOwner
              sort={first?.view.sort ?? ''}
              onSort={(sort) => setView({ ...view, sort })}
            />
          )}
        </PendingOverlay>
        <MoreButton pages={keys}>Show more keys</MoreButton>
      </section>
    </>
  )
}
