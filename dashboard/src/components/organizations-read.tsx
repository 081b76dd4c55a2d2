import { Link } from 'wouter'
import type { WireIntegration } from '../../../shared/contracts/integration-contract.ts'
import { formatCount } from '../format/format-number.ts'
import { Notice } from './notice.tsx'
import { RelativeTime } from './relative-time.tsx'

/** Says which organizations are missing in a list over all of them, and which ones are shown as of an earlier reading. */
export function OrganizationsRead({ integrations }: { integrations: readonly WireIntegration[] }) {
  const unread = integrations.filter(({ lastSuccessfulSyncAt }) => lastSuccessfulSyncAt === null)
  const older = integrations.filter(
    ({ lastSuccessfulSyncAt, lastSync }) => lastSuccessfulSyncAt !== null && lastSync?.state === 'failed',
  )
  if (unread.length + older.length === 0) return null
  return (
    <Notice kind="warn" title={titleOf(unread.length, integrations.length)}>
      {unread.map(({ id, name, lastSync }) => (
        <div key={id}>
          <Link href={`/integrations/${id}`}>{name}</Link>:{' '}
          {lastSync?.problem?.detail ?? 'its first sync has not ended yet.'}
        </div>
      ))}
      {older.map(({ id, name, lastSuccessfulSyncAt }) => (
        <div key={id}>
          <Link href={`/integrations/${id}`}>{name}</Link>: the last sync failed. It is shown as of{' '}
          <RelativeTime instant={lastSuccessfulSyncAt ?? ''} />.
        </div>
      ))}
    </Notice>
  )
}

function titleOf(unread: number, all: number): string {
  if (unread === 0) return 'Not everything is up to date'
  return unread === all
    ? 'Nothing has been read yet'
    : `${formatCount(unread, 'organization')} ${unread === 1 ? 'is' : 'are'} missing here`
}
