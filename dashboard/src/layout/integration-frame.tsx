import { Skeleton } from '@mantine/core'
import { Suspense, type ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import type { WireIntegration } from '../../../shared/contracts/integration-contract.ts'
import { ApiProblemError } from '../api/api-error.ts'
import { useIntegration } from '../api/integration-queries.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { ErrorNotice } from '../components/error-notice.tsx'
import { Icon } from '../components/icon.tsx'
import { StateBadges } from '../components/state-badges.tsx'
import { IntegrationNotices } from './integration-notices.tsx'
import { useTitle } from './use-title.ts'
import classes from './integration-frame.module.css'

/** What the pages of one integration share: its name, its tabs, and what is wrong with it. */
export function IntegrationFrame({
  id,
  children,
}: {
  id: string
  children: (integration: WireIntegration) => ReactNode
}) {
  const integration = useIntegration(id)
  if (integration.isError && integration.data === undefined) {
    const isGone = integration.error instanceof ApiProblemError && integration.error.problem.code === 'not_found'
    if (isGone) return <GoneIntegration />
    return <UnreadIntegration error={integration.error} retry={() => void integration.refetch()} />
  }
  return (
    <>
      <Breadcrumb />
      <div className={classes.head}>
        <h1 className={classes.name}>{integration.data?.name ?? ' '}</h1>
        {integration.data !== undefined && <StateBadges integration={integration.data} />}
      </div>
      <nav className={classes.tabs} aria-label="Integration">
        <Tab href={`/integrations/${id}`} label="Organization" />
        <Tab href={`/integrations/${id}/members`} label="Members" hasPagesBelow />
        <Tab href={`/integrations/${id}/settings`} label="Syncs and settings" />
      </nav>
      {integration.data !== undefined && (
        <>
          {integration.isError && <ErrorNotice error={integration.error} retry={() => void integration.refetch()} />}
          <IntegrationNotices integration={integration.data} />
          <Suspense fallback={<Skeleton height={480} radius={10} />}>{children(integration.data)}</Suspense>
        </>
      )}
    </>
  )
}

function Breadcrumb() {
  return (
    <nav aria-label="Breadcrumb" className={classes.crumbs}>
      <Link href="/">Integrations</Link>
      <Icon name="chevronRight" size={13} />
    </nav>
  )
}

/** The API gave no answer: not even the name is known. */
function UnreadIntegration({ error, retry }: { error: Error; retry: () => void }) {
  useTitle('Not loaded')
  return (
    <>
      <Breadcrumb />
      <div className={classes.head}>
        <h1 className={classes.name}>Organization</h1>
      </div>
      <ErrorNotice error={error} retry={retry} />
    </>
  )
}

function GoneIntegration() {
  useTitle('Not found')
  return (
    <EmptyState title="This integration does not exist any more" level={1}>
      <p>It may have been disconnected, or the address is incomplete.</p>
      <Link href="/">Show all integrations</Link>
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
