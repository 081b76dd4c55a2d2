import { lazy, Suspense } from 'react'
import { Route, Switch, useLocation } from 'wouter'
import { FailureBoundary } from './layout/failure-boundary.tsx'
import { IntegrationFrame } from './layout/integration-frame.tsx'
import { PageFrame } from './layout/page-frame.tsx'
import { readPathSegment } from './layout/path-segment.ts'
import { IntegrationsPage } from './pages/integrations/integrations-page.tsx'
import { NotFoundPage } from './pages/not-found-page.tsx'

const ConnectPage = lazy(() => import('./pages/connect/connect-page.tsx'))
const OrganizationPage = lazy(() => import('./pages/organization/organization-page.tsx'))
const MembersPage = lazy(() => import('./pages/members/members-page.tsx'))
const MemberPage = lazy(() => import('./pages/member/member-page.tsx'))
const SettingsPage = lazy(() => import('./pages/settings/settings-page.tsx'))
const HelpPage = lazy(() => import('./pages/help/help-page.tsx'))

/**
 * Which address shows which page. Only the first page comes with the first load. Another integration has a frame of its own:
 * in the same one, the figures of the one before would stay until its own are there.
 */
export function Routes() {
  const [path] = useLocation()
  return (
    <PageFrame>
      <FailureBoundary path={path}>
        <Suspense fallback={null}>
          <Switch>
            <Route path="/" component={IntegrationsPage} />
            <Route path="/connect" component={ConnectPage} />
            <Route path="/help" component={HelpPage} />
            <Route path="/integrations/:id">
              {({ id }) => (
                <IntegrationFrame key={id} id={id}>
                  {(integration) => <OrganizationPage integration={integration} />}
                </IntegrationFrame>
              )}
            </Route>
            <Route path="/integrations/:id/members">
              {({ id }) => (
                <IntegrationFrame key={id} id={id}>
                  {(integration) => <MembersPage integration={integration} />}
                </IntegrationFrame>
              )}
            </Route>
            <Route path="/integrations/:id/members/:userId">
              {({ id, userId }) => (
                <IntegrationFrame key={id} id={id}>
                  {(integration) => <MemberPage integration={integration} userId={readPathSegment(userId)} />}
                </IntegrationFrame>
              )}
            </Route>
            <Route path="/integrations/:id/settings">
              {({ id }) => (
                <IntegrationFrame key={id} id={id}>
                  {(integration) => <SettingsPage integration={integration} />}
                </IntegrationFrame>
              )}
            </Route>
            <Route component={NotFoundPage} />
          </Switch>
        </Suspense>
      </FailureBoundary>
    </PageFrame>
  )
}
