import { Button, Skeleton } from '@mantine/core'
import { Link } from 'wouter'
import { useWindowDays } from '../../api/data-queries.ts'
import { useIntegrations } from '../../api/integration-queries.ts'
import { useMayWrite, useMe } from '../../api/me-query.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { Icon } from '../../components/icon.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { useTitle } from '../../layout/use-title.ts'
import { IntegrationCard } from './integration-card.tsx'
import { Totals } from './totals.tsx'
import classes from './integrations-page.module.css'

/** The connected organizations and their totals. */
export function IntegrationsPage() {
  useTitle('Integrations')
  const integrations = useIntegrations()
  const mayWrite = useMayWrite()
  const isRoleKnown = !useMe().isPending
  const items = integrations.data
  const windowDays = useWindowDays(items)
  const isEmpty = items !== undefined && items.length === 0
  return (
    <>
      <PageHeader
        title="Integrations"
        lead="Your organizations: who is in them, which seat they hold, and whether they use it."
        actions={!isEmpty && (mayWrite || !isRoleKnown) && <ConnectButton holdsPlace={!isRoleKnown} />}
      />
      {integrations.isError && <ErrorNotice error={integrations.error} retry={() => void integrations.refetch()} />}
      {isEmpty && (
        <EmptyState title="No organization is connected yet" icon="key">
          <p>
            Connect one with a key that can read it, and Rollcall reads its members and the last 60 days of usage, then
            keeps both up to date. It takes about two minutes.
          </p>
          {mayWrite ? <ConnectButton /> : <p>Ask an admin of this Rollcall to connect one.</p>}
        </EmptyState>
      )}
      {!isEmpty && !(integrations.isError && items === undefined) && (
        <>
          <Totals integrations={items} windowDays={windowDays} />
          <ul className={classes.cards}>
            {items === undefined ? (
              <li>
                <Skeleton height={214} radius={10} />
              </li>
            ) : (
              items.map((integration) => (
                <li key={integration.id}>
                  <IntegrationCard integration={integration} windowDays={windowDays} />
                </li>
              ))
            )}
          </ul>
        </>
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
