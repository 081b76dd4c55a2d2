import { Skeleton } from '@mantine/core'
import { Suspense, type ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import type { WireIntegration } from '../../../shared/contracts/integration-contract.ts'
import { ApiProblemError } from '../api/api-error.ts'
import { useDataOfLastSync } from '../api/data-queries.ts'
import { useIntegration } from '../api/integration-queries.ts'
import { Breadcrumb } from '../components/breadcrumb.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { ErrorNotice } from '../components/error-notice.tsx'
import { StateBadges } from '../components/state-badges.tsx'
import { IntegrationNotices } from './integration-notices.tsx'
import { useTitle } from './use-title.ts'
import classes from './integration-frame.module.css'

/** The props of an integration's pages. They request their data by the id, before the integration is loaded. */
export interface IntegrationPageProps {
  readonly id: string
  readonly integration: WireIntegration | undefined
}

/** The frame around an integration's pages: its name, its tabs, and its problems. */
export function IntegrationFrame({
  id,
  children,
}: {
  id: string
  children: (props: IntegrationPageProps) => ReactNode
}) {
  const integration = useIntegration(id)
  useDataOfLastSync(id, integration.data)
  const isUnread = integration.isError && integration.data === undefined
  if (isUnread && integration.error instanceof ApiProblemError && integration.error.problem.code === 'not_found') {
    return <GoneIntegration />
  }
  return (
    <>
      <Breadcrumb href="/organizations">Organizations</Breadcrumb>
      <div className={classes.head}>
        <h1 className={classes.name}>{integration.data?.name ?? (isUnread ? 'Organization' : ' ')}</h1>
        {integration.data !== undefined && <StateBadges integration={integration.data} />}
      </div>
      <nav className={classes.tabs} aria-label="Integration">
        <Tab href={`/integrations/${id}`} label="Organization" />
        <Tab href={`/integrations/${id}/members`} label="Members" hasPagesBelow />
        <Tab href={`/integrations/${id}/keys`} label="Keys" />
        <Tab href={`/integrations/${id}/spend`} label="Spend" />
        <Tab href={`/integrations/${id}/settings`} label="Syncs and settings" />
      </nav>
      {integration.isError && <ErrorNotice error={integration.error} retry={() => void integration.refetch()} />}
      {integration.data !== undefined && <IntegrationNotices integration={integration.data} />}
      {isUnread ? (
        <Unread />
      ) : (
        <Suspense fallback={<Skeleton height={480} radius={10} />}>
          {children({ id, integration: integration.data })}
        </Suspense>
      )}
    </>
  )
}

/** Shown while the integration's name is unknown. */
function Unread() {
  useTitle('Not loaded')
  return null
}

function GoneIntegration() {
  useTitle('Not found')
  return (
    <EmptyState title="This integration no longer exists" level={1}>
      <p>It may have been disconnected, or the address is incomplete.</p>
      <Link href="/organizations">Show all organizations</Link>
    </EmptyState>
  )
}

function Tab({ href, label, hasPagesBelow = false }: { href: string; label: string; hasPagesBelow?: boolean }) {
  const [path] = useLocation()
  const isHere = path === href
  const isActive = isHere || (hasPagesBelow && path.startsWith(`${href}/`))
  return (
    <Link href={href} className={isActive ? classes.active : classes.tab} {...(isHere && { 'aria-current': 'page' })}>
      {label}
    </Link>
  )
}
