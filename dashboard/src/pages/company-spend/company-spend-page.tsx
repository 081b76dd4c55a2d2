import { Skeleton } from '@mantine/core'
import { Link, useSearchParams } from 'wouter'
import { useCompanyDataOfLastSyncs, useOverview } from '../../api/company-queries.ts'
import { writeView } from '../../components/address-view.ts'
import { CostsNotRead } from '../../components/costs-not-read.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { EachOrganization } from '../../layout/each-organization.tsx'
import { useTitle } from '../../layout/use-title.ts'
import { CompanyCostsCard } from './company-costs-card.tsx'
import { CompanyMonths } from './company-months.tsx'
import { readCompanySpendView, type CompanySpendView } from './company-spend-view.ts'

/** What all organizations cost. */
export default function CompanySpendPage() {
  useTitle('Spend')
  return (
    <>
      <PageHeader
        title="Spend"
        lead={
          <>
            Cost reports of all organizations, before tax and credits; not their invoices.{' '}
            <Link href="/help#spend">What this shows</Link>
          </>
        }
      />
      <EachOrganization pageOfOne="spend">{() => <CompanySpend />}</EachOrganization>
    </>
  )
}

function CompanySpend() {
  useCompanyDataOfLastSyncs()
  const [search, setSearch] = useSearchParams()
  const view = readCompanySpendView(search)
  const change = (changed: Partial<CompanySpendView>) =>
    setSearch(writeView({ ...view, ...changed }), { replace: true })
  const overview = useOverview()
  const { data } = overview
  if (data === undefined) {
    if (!overview.isError) return <Skeleton height={640} radius={10} />
    return <ErrorNotice error={overview.error} retry={() => void overview.refetch()} />
  }
  const lastDay = data.costs
    .map(({ to }) => to)
    .toSorted()
    .at(-1)
  return (
    <>
      {overview.isError && <ErrorNotice error={overview.error} retry={() => void overview.refetch()} />}
      {lastDay === undefined ? (
        <EmptyState title="No costs were read" icon="info">
          <p>Costs appear here after a sync that may read them.</p>
          <CostsNotRead notRead={data.costsNotRead} />
        </EmptyState>
      ) : (
        <>
          {data.costs.map((costs) => (
            <CompanyMonths key={costs.currency} costs={costs} />
          ))}
          <CompanyCostsCard lastDay={lastDay} view={view} onChange={change} />
        </>
      )}
    </>
  )
}
