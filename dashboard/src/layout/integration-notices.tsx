import { Link } from 'wouter'
import type { WireIntegration } from '../../../shared/contracts/integration-contract.ts'
import { isSyncing } from '../api/integration-queries.ts'
import { useMayWrite } from '../api/me-query.ts'
import { Notice } from '../components/notice.tsx'
import { problemInWords } from '../components/problem-in-words.ts'
import { RelativeTime } from '../components/relative-time.tsx'
import { SyncProgress } from '../components/sync-progress.tsx'
import { formatDay } from '../format/format-time.ts'
import { useNow } from '../format/use-now.ts'

const KEY_ANCHOR = 'key'

/** Notices above the figures of an integration. */
export function IntegrationNotices({ integration }: { integration: WireIntegration }) {
  const now = useNow()
  const mayWrite = useMayWrite()
  const { problem, lastSync } = integration
  const needsAnotherKey = integration.state === 'action_required' || problem?.code === 'key_expiring'
  const replaceKey = mayWrite && (
    <Link href={`/integrations/${integration.id}/settings#${KEY_ANCHOR}`}>Replace the key</Link>
  )
  return (
    <div role="status">
      {problem !== null && (
        <Notice kind={integration.state === 'action_required' ? 'bad' : 'warn'} title={titleOf(problem.code)}>
          {problemInWords(integration, now)} {needsAnotherKey && replaceKey}
        </Notice>
      )}
      {lastSync !== null && isSyncing(integration) && <SyncProgress sync={lastSync} />}
      {lastSync?.state === 'failed' && lastSync.problem !== null && problem === null && (
        <Notice kind="warn" title="The last sync failed">
          {lastSync.problem.detail}{' '}
          {integration.lastSuccessfulSyncAt === null
            ? 'Nothing has been read yet.'
            : 'The figures are from the previous sync.'}
        </Notice>
      )}
      {lastSync?.state === 'succeeded' && <UnreadDataSets dataSets={integration.dataSets} />}
    </div>
  )
}

/** What an otherwise successful sync could not read. */
function UnreadDataSets({ dataSets }: Pick<WireIntegration, 'dataSets'>) {
  const unread = dataSets.filter(({ problem }) => problem !== null)
  if (unread.length === 0) return null
  return (
    <Notice kind="warn" title="Not everything could be read">
      {unread.map(({ id, state, problem, syncedAt, to }) => (
        <div key={id}>
          {problem?.detail}{' '}
          {syncedAt !== null && (
            <>
              What was read <RelativeTime instant={syncedAt} /> is shown{to !== null && `, up to ${formatDay(to)}`}
              {state === 'failed' ? '; each sync tries again.' : '.'}
            </>
          )}
        </div>
      ))}
    </Notice>
  )
}

function titleOf(code: string): string {
  return code === 'key_expiring' ? 'The key expires soon' : 'This integration needs attention'
}
