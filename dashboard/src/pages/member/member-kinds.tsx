import { Skeleton } from '@mantine/core'
import type { useUserUsage } from '../../api/data-queries.ts'
import { useMayBeRead } from '../../api/integration-queries.ts'
import { Card } from '../../components/card.tsx'
import { KindsTable } from '../../components/kinds-table.tsx'
import { UnreadNote } from '../../components/unread-note.tsx'
import { otherKindsOf } from './kinds-of-use.ts'

/** A person's use of other kinds than the primary one. */
export function MemberKinds({
  usage,
  integrationId,
}: {
  usage: ReturnType<typeof useUserUsage>
  integrationId: string
}) {
  const mayBeRead = useMayBeRead(integrationId, 'other_usage')
  const kinds = usage.data === undefined ? undefined : otherKindsOf(usage.data.items)
  return (
    <Card
      title="Other kinds of use"
      lead="Counted apart from the requests above. Quantities have different units and are never added to each other."
    >
      {usage.isPending && <Skeleton height={64} />}
      {kinds?.length === 0 && mayBeRead && <p>No use of other kinds in these days.</p>}
      {kinds !== undefined && kinds.length > 0 && <KindsTable kinds={kinds} label="Other kinds of use" />}
      <UnreadNote integrationId={integrationId} dataSet="other_usage" />
    </Card>
  )
}
