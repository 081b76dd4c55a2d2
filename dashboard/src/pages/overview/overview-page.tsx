import { Skeleton } from '@mantine/core'
import { Redirect } from 'wouter'
import { useIntegrations } from '../../api/integration-queries.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { NothingConnected } from '../../components/nothing-connected.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { useTitle } from '../../layout/use-title.ts'

/** The first page. */
export function OverviewPage() {
  useTitle('Overview')
  const integrations = useIntegrations()
  const items = integrations.data
  if (items !== undefined && items.length > 0) return <Redirect to="/organizations" replace />
  return (
    <>
      <PageHeader title="Overview" />
      {integrations.isError && <ErrorNotice error={integrations.error} retry={() => void integrations.refetch()} />}
      {integrations.isPending && <Skeleton height={480} radius={10} />}
      {items !== undefined && <NothingConnected />}
    </>
  )
}
