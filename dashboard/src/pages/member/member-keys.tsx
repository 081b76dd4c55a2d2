import { Skeleton } from '@mantine/core'
import { Link } from 'wouter'
import type { WireUser } from '../../../../shared/contracts/data-contract.ts'
import { isNotRead } from '../../api/api-error.ts'
import { useMayBeRead } from '../../api/integration-queries.ts'
import { useKeys } from '../../api/key-queries.ts'
import { writeView } from '../../components/address-view.ts'
import { Card } from '../../components/card.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { KeyTable } from '../../components/key-table.tsx'
import { UnreadNote } from '../../components/unread-note.tsx'
import { formatCount } from '../../format/format-number.ts'

/** The keys that a person owns, of a removed person, too. */
export function MemberKeys({ user, integrationId }: { user: WireUser; integrationId: string }) {
  const view = { ownerId: user.id }
  const keys = useKeys(integrationId, view)
  const mayBeRead = useMayBeRead(integrationId, 'keys')
  const [first] = keys.data?.pages ?? []
  return (
    <Card title="Keys" lead="API keys that they own. Of a key, only its last four characters are known.">
      {!mayBeRead || isNotRead(keys.error) ? (
        <UnreadNote integrationId={integrationId} dataSet="keys" />
      ) : (
        <>
          {keys.isError && <ErrorNotice error={keys.error} retry={() => void keys.refetch()} />}
          {keys.isPending && <Skeleton height={64} />}
          {first?.total === 0 && <p>No keys are listed for them.</p>}
          {first !== undefined && first.total > 0 && (
            <KeyTable keys={first.items} integrationId={integrationId} showsOwner={false} />
          )}
          {first !== undefined && first.total > first.items.length && (
            <p>
              <Link href={`/integrations/${integrationId}/keys?${writeView(view).toString()}`}>
                Show all {formatCount(first.total, 'key')} in the list of keys
              </Link>
            </p>
          )}
        </>
      )}
    </Card>
  )
}
