import type { WireIntegration } from '../../../../shared/contracts/integration-contract.ts'
import type { useSyncs } from '../../api/history-queries.ts'
import { useStartSync } from '../../api/integration-mutations.ts'
import { isSyncing } from '../../api/integration-queries.ts'
import { Card } from '../../components/card.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { Icon } from '../../components/icon.tsx'
import { MoreButton } from '../../components/more-button.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { nameInWords } from '../../components/name-in-words.ts'
import { SteadyButton } from '../../components/steady-button.tsx'
import { SyncTable } from './sync-table.tsx'

/** The syncs, newest first, and a button that starts one. */
export function SyncsCard({
  integration,
  syncs,
  mayWrite,
}: {
  integration: WireIntegration
  syncs: ReturnType<typeof useSyncs>
  mayWrite: boolean
}) {
  const start = useStartSync(integration.id)
  const items = syncs.data?.pages.flatMap((page) => page.items)
  return (
    <Card
      title="Syncs"
      lead={
        <>
          {nameInWords(integration.schedule)}.{' '}
          {integration.nextSyncAt !== null && (
            <>
              The next one is <RelativeTime instant={integration.nextSyncAt} isPlanned />.
            </>
          )}{' '}
          Every sync reads all members and the whole window again.
        </>
      }
      actions={
        mayWrite && (
          <SteadyButton
            size="xs"
            leftSection={<Icon name="refresh" size={15} />}
            busy={start.isPending}
            off={isSyncing(integration)}
            onClick={() => start.mutate()}
          >
            Sync now
          </SteadyButton>
        )
      }
    >
      {start.isError && <ErrorNotice error={start.error} />}
      {syncs.isError && <ErrorNotice error={syncs.error} retry={() => void syncs.refetch()} />}
      {items !== undefined && <SyncTable syncs={items} />}
      <MoreButton pages={syncs}>Show earlier syncs</MoreButton>
    </Card>
  )
}
