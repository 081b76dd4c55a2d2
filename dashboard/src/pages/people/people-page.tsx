import { Link } from 'wouter'
import { Card } from '../../components/card.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { EachOrganization } from '../../layout/each-organization.tsx'
import { useTitle } from '../../layout/use-title.ts'

/** The people of all organizations. */
export default function PeoplePage() {
  useTitle('People')
  return (
    <>
      <PageHeader title="People" />
      <EachOrganization pageOfOne="members">
        {(integrations) => (
          <Card title="By organization">
            <ul>
              {integrations.map(({ id, name }) => (
                <li key={id}>
                  <Link href={`/integrations/${id}/members`}>{name}</Link>
                </li>
              ))}
            </ul>
          </Card>
        )}
      </EachOrganization>
    </>
  )
}
