import { Link } from 'wouter'
import type { WireIntegration } from '../../../../shared/contracts/integration-contract.ts'
import { useCompanyDataOfLastSyncs, useOverview } from '../../api/company-queries.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { findingsAddress } from '../../components/findings-address.ts'
import { KeyFindingTiles } from '../../components/key-finding-tiles.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { EachOrganization } from '../../layout/each-organization.tsx'
import { useTitle } from '../../layout/use-title.ts'
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
      <KeyFindingTiles
        label="Open findings about keys"
        countOf={(type) => overview.data?.findings.byType[type]}
        headOf={(type, head) => <Link href={findingsAddress({ type })} {...head} />}
      />
      <KeysByOrganization integrations={integrations} />
    </>
  )
}
