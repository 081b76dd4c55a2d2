import { Button, Skeleton } from '@mantine/core'
import { Link } from 'wouter'
import { useWindowDays } from '../../api/data-queries.ts'
import { useIntegrations } from '../../api/integration-queries.ts'
import { useMayWrite, useMe } from '../../api/me-query.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { Icon } from '../../components/icon.tsx'
import { NothingConnected } from '../../components/nothing-connected.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { useTitle } from '../../layout/use-title.ts'
import { OrganizationCard } from './organization-card.tsx'
import classes from './organizations-page.module.css'

/** The connected organizations. What is so over all of them is on the first page. */
export default function OrganizationsPage() {
  useTitle('Organizations')
  const integrations = useIntegrations()
  const mayWrite = useMayWrite()
  const isRoleKnown = !useMe().isPending
  const items = integrations.data
  const windowDays = useWindowDays(items)
  const isEmpty = items !== undefined && items.length === 0
  return (
    <>
      <PageHeader
        title="Organizations"
        lead="Who is in each of them, which seat they hold, whether they use it, and whether its syncs work."
        actions={!isEmpty && (mayWrite || !isRoleKnown) && <ConnectButton holdsPlace={!isRoleKnown} />}
      />
      {integrations.isError && <ErrorNotice error={integrations.error} retry={() => void integrations.refetch()} />}
      {isEmpty && <NothingConnected />}
      {!isEmpty && !(integrations.isError && items === undefined) && (
        <ul className={classes.cards}>
          {items === undefined ? (
            <li>
              <Skeleton height={214} radius={10} />
            </li>
          ) : (
            items.map((integration) => (
              <li key={integration.id}>
                <OrganizationCard integration={integration} windowDays={windowDays} />
              </li>
            ))
          )}
        </ul>
      )}
    </>
  )
}

/** Invisible and unreachable while it only reserves space: it is not yet known who may connect. */
function ConnectButton({ holdsPlace = false }: { holdsPlace?: boolean }) {
  return (
    <Button
      {...(holdsPlace && { className: classes.unseen ?? '' })}
      component={Link}
      href="/connect"
      leftSection={<Icon name="plus" />}
    >
      Connect an organization
    </Button>
  )
}
