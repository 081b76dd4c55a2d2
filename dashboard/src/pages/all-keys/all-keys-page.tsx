import { Link } from 'wouter'
import { Card } from '../../components/card.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { EachOrganization } from '../../layout/each-organization.tsx'
import { useTitle } from '../../layout/use-title.ts'

/** The keys of all organizations. */
export default function AllKeysPage() {
  useTitle('Keys')
  return (
    <>
      <PageHeader title="Keys" />
      <EachOrganization pageOfOne="keys">
        {(integrations) => (
          <Card title="By organization">
            <ul>
              {integrations.map(({ id, name }) => (
                <li key={id}>
                  <Link href={`/integrations/${id}/keys`}>{name}</Link>
                </li>
              ))}
            </ul>
          </Card>
        )}
      </EachOrganization>
    </>
  )
}
