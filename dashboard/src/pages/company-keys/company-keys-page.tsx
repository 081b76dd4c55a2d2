import { Skeleton } from '@mantine/core'
import type { WireIntegration } from '../../../../shared/contracts/integration-contract.ts'
import { useCompanyDataOfLastSyncs, useOverview } from '../../api/company-queries.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { EachOrganization } from '../../layout/each-organization.tsx'
import { useTitle } from '../../layout/use-title.ts'
import { KeyFindingTiles } from './key-finding-tiles.tsx'
import { KeysByOrganization } from './keys-by-organization.tsx'

/** The keys of all organizations: what should be looked at, and where they are. */
export default function CompanyKeysPage() {
  useTitle('Keys')
  return (
    <>
      <PageHeader title="Keys" lead="What needs a look among the keys of all organizations, and how many each has." />
      <EachOrganization pageOfOne="keys">
        {(integrations) => <CompanyKeys integrations={integrations} />}
      </EachOrganization>
    </>
  )
}

function CompanyKeys({ integrations }: { integrations: readonly WireIntegration[] }) {
  useCompanyDataOfLastSyncs()
  const overview = useOverview()
  return (
    <>
      {overview.isError && <ErrorNotice error={overview.error} retry={() => void overview.refetch()} />}
      {overview.isPending && <Skeleton height={150} radius={10} mb={16} />}
      {overview.data !== undefined && <KeyFindingTiles findings={overview.data.findings} />}
      <KeysByOrganization integrations={integrations} />
    </>
  )
}
