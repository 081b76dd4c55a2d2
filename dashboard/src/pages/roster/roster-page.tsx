import { Skeleton } from '@mantine/core'
import { useMe } from '../../api/me-query.ts'
import { Breadcrumb } from '../../components/breadcrumb.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { lastSearchOf } from '../../components/last-search.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { useTitle } from '../../layout/use-title.ts'
import { CurrentRoster } from './current-roster.tsx'
import { UploadCard } from './upload-card.tsx'

/** The company's list of employees: what it is for, whether there is one, and how to replace or remove it. */
export default function RosterPage() {
  useTitle('Roster')
  const me = useMe()
  return (
    <>
      <Breadcrumb href={lastSearchOf('/people').href}>People</Breadcrumb>
      <PageHeader
        title="Roster"
        lead="The list of your employees. With it, Rollcall finds people who left the company and still have access, and it shows everybody’s department and manager."
      />
      {me.isPending && <Skeleton height={320} />}
      {me.data !== undefined && me.data.role !== 'admin' && (
        <EmptyState title="Only admins see the roster" icon="info">
          <p>Ask an admin of this Rollcall to upload or replace it.</p>
        </EmptyState>
      )}
      {me.data?.role === 'admin' && (
        <>
          <CurrentRoster />
          <UploadCard />
        </>
      )}
    </>
  )
}
