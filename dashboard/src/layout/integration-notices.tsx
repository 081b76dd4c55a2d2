import { Link } from 'wouter'
import type { WireIntegration } from '../../../shared/contracts/integration-contract.ts'
import { isSyncing } from '../api/integration-queries.ts'
import { useMayWrite } from '../api/me-query.ts'
import { Notice } from '../components/notice.tsx'
import { problemInWords } from '../components/problem-in-words.ts'
import { SyncProgress } from '../components/sync-progress.tsx'
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
    </div>
  )
}

function titleOf(code: string): string {
  return code === 'key_expiring' ? 'The key expires soon' : 'This integration needs attention'
}
