import { Link } from 'wouter'
import { Card } from '../../components/card.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { EachOrganization } from '../../layout/each-organization.tsx'
import { useTitle } from '../../layout/use-title.ts'

/** What all organizations cost. */
export default function AllSpendPage() {
  useTitle('Spend')
  return (
    <>
      <PageHeader title="Spend" />
      <EachOrganization pageOfOne="spend">
        {(integrations) => (
          <Card title="By organization">
            <ul>
              {integrations.map(({ id, name }) => (
                <li key={id}>
                  <Link href={`/integrations/${id}/spend`}>{name}</Link>
                </li>
              ))}
            </ul>
          </Card>
        )}
      </EachOrganization>
    </>
  )
}
