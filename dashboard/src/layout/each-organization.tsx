import { Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { Redirect } from 'wouter'
import type { WireIntegration } from '../../../shared/contracts/integration-contract.ts'
import { useIntegrations } from '../api/integration-queries.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import { NothingConnected } from '../components/nothing-connected.tsx'

/**
 * A page about a subject over all organizations. With only one organization it leads to that organization's page, so
 * that nothing is said twice. With none, it leads to connecting one.
 */
export function EachOrganization({
  pageOfOne,
  children,
}: {
  /** The last part of the address of an organization's page about the subject: `spend`. */
  pageOfOne: string
  children: (integrations: readonly WireIntegration[]) => ReactNode
}) {
  const integrations = useIntegrations()
  const items = integrations.data
  if (items === undefined) {
    if (!integrations.isError) return <Skeleton height={480} radius={10} />
    return <ErrorNotice error={integrations.error} retry={() => void integrations.refetch()} />
  }
  const [first, second] = items
  if (first === undefined) return <NothingConnected />
  if (second === undefined) return <Redirect to={`/integrations/${first.id}/${pageOfOne}`} replace />
  return children(items)
}
