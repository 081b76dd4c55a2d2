import { Skeleton } from '@mantine/core'
import { Link } from 'wouter'
import { ApiProblemError } from '../../api/api-error.ts'
import { useWindowDays } from '../../api/data-queries.ts'
import { usePerson } from '../../api/people-queries.ts'
import { useCompanyDataOfLastSyncs } from '../../api/company-queries.ts'
import { useIntegrations } from '../../api/integration-queries.ts'
import { Breadcrumb } from '../../components/breadcrumb.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { lastSearchOf } from '../../components/last-search.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { useTitle } from '../../layout/use-title.ts'
import { MembershipsCard } from './memberships-card.tsx'
import { PersonFindings } from './person-findings.tsx'
import { PersonHead } from './person-head.tsx'
import { PersonKeys } from './person-keys.tsx'
import { PersonStoryLine } from './person-story-line.tsx'
import { usePersonKeys } from './use-person-keys.ts'
import { departureIn, usePersonFindings } from './use-person-findings.ts'

/** One person over all organizations: their story in a sentence or two, then its evidence. */
export default function PersonPage({ personId }: { personId: string }) {
  const person = usePerson(personId)
  useCompanyDataOfLastSyncs()
  const integrations = useIntegrations()
  const memberships = person.data?.memberships ?? []
  const findings = usePersonFindings(memberships)
  const keys = usePersonKeys(memberships)
  // The story needs all of it, and nothing below it may move.
  const isLoading =
    integrations.isPending || [findings, keys].some(({ data, error }) => data === undefined && error === null)
  const windowDays = useWindowDays(integrations.data)
  useTitle(person.data?.name ?? person.data?.email ?? 'Person')
  if (person.isError) {
    const isGone = person.error instanceof ApiProblemError && person.error.problem.code === 'not_found'
    if (!isGone) {
      return (
        <>
          <Breadcrumb href={lastSearchOf('/people').href}>People</Breadcrumb>
          <PageHeader title="Person" />
          <ErrorNotice error={person.error} retry={() => void person.refetch()} />
        </>
      )
    }
    return (
      <EmptyState title="This person is not known here" icon="user" level={1}>
        <p>They may have left all organizations more than 60 days ago, or the address is incomplete.</p>
        <Link href="/people">Show all people</Link>
      </EmptyState>
    )
  }
  return (
    <>
      <PersonHead person={person.data} />
      {person.data === undefined || isLoading ? (
        <Skeleton height={480} mt={16} />
      ) : (
        <>
          <PersonStoryLine
            person={person.data}
            departure={findings.data && departureIn(findings.data)}
            keys={keys.data?.flatMap((each) => each.keys)}
            windowDays={windowDays}
          />
          <PersonFindings findings={findings} />
          <MembershipsCard person={person.data} windowDays={windowDays} />
          <PersonKeys person={person.data} owned={keys} />
        </>
      )}
    </>
  )
}
