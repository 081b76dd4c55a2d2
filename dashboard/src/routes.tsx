import { lazy, Suspense } from 'react'
import { Route, Switch, useLocation } from 'wouter'
import { FailureBoundary } from './layout/failure-boundary.tsx'
import { IntegrationFrame } from './layout/integration-frame.tsx'
import { PageFrame } from './layout/page-frame.tsx'
import { readPathSegment } from './layout/path-segment.ts'
import { NotFoundPage } from './pages/not-found-page.tsx'
import { OverviewPage } from './pages/overview/overview-page.tsx'

const loadFindingsPage = () => import('./pages/findings/findings-page.tsx')
const loadOrganizationsPage = () => import('./pages/organizations/organizations-page.tsx')
const loadCompanySpendPage = () => import('./pages/company-spend/company-spend-page.tsx')
const loadCompanyKeysPage = () => import('./pages/company-keys/company-keys-page.tsx')
const loadConnectPage = () => import('./pages/connect/connect-page.tsx')
const loadOrganizationPage = () => import('./pages/organization/organization-page.tsx')
const loadMembersPage = () => import('./pages/members/members-page.tsx')
const loadMemberPage = () => import('./pages/member/member-page.tsx')
const loadKeysPage = () => import('./pages/keys/keys-page.tsx')
const loadSpendPage = () => import('./pages/spend/spend-page.tsx')
const loadPeoplePage = () => import('./pages/people/people-page.tsx')
const loadPersonPage = () => import('./pages/person/person-page.tsx')
const loadRosterPage = () => import('./pages/roster/roster-page.tsx')
const loadReviewsPage = () => import('./pages/reviews/reviews-page.tsx')
const loadNewReviewPage = () => import('./pages/reviews/new-review-page.tsx')
const loadReviewPage = () => import('./pages/review/review-page.tsx')
const loadReviewPrintPage = () => import('./pages/review-print/review-print-page.tsx')
const loadSettingsPage = () => import('./pages/settings/settings-page.tsx')
const loadHelpPage = () => import('./pages/help/help-page.tsx')

const FindingsPage = lazy(loadFindingsPage)
const OrganizationsPage = lazy(loadOrganizationsPage)
const CompanySpendPage = lazy(loadCompanySpendPage)
const CompanyKeysPage = lazy(loadCompanyKeysPage)
const ConnectPage = lazy(loadConnectPage)
const OrganizationPage = lazy(loadOrganizationPage)
const MembersPage = lazy(loadMembersPage)
const MemberPage = lazy(loadMemberPage)
const KeysPage = lazy(loadKeysPage)
const SpendPage = lazy(loadSpendPage)
const PeoplePage = lazy(loadPeoplePage)
const PersonPage = lazy(loadPersonPage)
const RosterPage = lazy(loadRosterPage)
const ReviewsPage = lazy(loadReviewsPage)
const NewReviewPage = lazy(loadNewReviewPage)
const ReviewPage = lazy(loadReviewPage)
const ReviewPrintPage = lazy(loadReviewPrintPage)
const SettingsPage = lazy(loadSettingsPage)
const HelpPage = lazy(loadHelpPage)

const LOADERS: readonly (readonly [path: RegExp, load: () => Promise<unknown>])[] = [
  [/^\/findings$/, loadFindingsPage],
  [/^\/organizations$/, loadOrganizationsPage],
  [/^\/spend$/, loadCompanySpendPage],
  [/^\/keys$/, loadCompanyKeysPage],
  [/^\/connect$/, loadConnectPage],
  [/^\/help$/, loadHelpPage],
  [/^\/people$/, loadPeoplePage],
  [/^\/people\/roster$/, loadRosterPage],
  [/^\/people\/(?!roster$)[^/]+$/, loadPersonPage],
  [/^\/reviews$/, loadReviewsPage],
  [/^\/reviews\/new$/, loadNewReviewPage],
  [/^\/reviews\/(?!new$)[^/]+$/, loadReviewPage],
  [/^\/reviews\/[^/]+\/print$/, loadReviewPrintPage],
  [/^\/integrations\/[^/]+$/, loadOrganizationPage],
  [/^\/integrations\/[^/]+\/members$/, loadMembersPage],
  [/^\/integrations\/[^/]+\/members\/[^/]+$/, loadMemberPage],
  [/^\/integrations\/[^/]+\/keys$/, loadKeysPage],
  [/^\/integrations\/[^/]+\/spend$/, loadSpendPage],
  [/^\/integrations\/[^/]+\/settings$/, loadSettingsPage],
]

/** Loads the page's script in parallel with the first requests. Errors show when the page renders. */
export function preloadPage(path: string): void {
  for (const [pattern, load] of LOADERS) if (pattern.test(path)) load().catch(() => undefined)
}

/**
 * The routes. Only the first page is part of the first load. Each integration has its own frame instance, so figures of
 * the previous one are never shown.
 */
export function Routes() {
  const [path] = useLocation()
  return (
    <PageFrame>
      <FailureBoundary path={path}>
        <Suspense fallback={null}>
          <Switch>
            <Route path="/" component={OverviewPage} />
            <Route path="/findings" component={FindingsPage} />
            <Route path="/organizations" component={OrganizationsPage} />
            <Route path="/spend" component={CompanySpendPage} />
            <Route path="/keys" component={CompanyKeysPage} />
            <Route path="/connect" component={ConnectPage} />
            <Route path="/help" component={HelpPage} />
            <Route path="/people" component={PeoplePage} />
            <Route path="/people/roster" component={RosterPage} />
            <Route path="/people/:personId">
              {({ personId }) => <PersonPage key={personId} personId={readPathSegment(personId)} />}
            </Route>
            <Route path="/reviews" component={ReviewsPage} />
            <Route path="/reviews/new" component={NewReviewPage} />
            <Route path="/reviews/:reviewId">
              {({ reviewId }) => <ReviewPage key={reviewId} reviewId={readPathSegment(reviewId)} />}
            </Route>
            <Route path="/reviews/:reviewId/print">
              {({ reviewId }) => <ReviewPrintPage key={reviewId} reviewId={readPathSegment(reviewId)} />}
            </Route>
            <Route path="/integrations/:id">
              {({ id }) => (
                <IntegrationFrame key={id} id={id}>
                  {(props) => <OrganizationPage {...props} />}
                </IntegrationFrame>
              )}
            </Route>
            <Route path="/integrations/:id/members">
              {({ id }) => (
                <IntegrationFrame key={id} id={id}>
                  {(props) => <MembersPage {...props} />}
                </IntegrationFrame>
              )}
            </Route>
            <Route path="/integrations/:id/members/:userId">
              {({ id, userId }) => (
                <IntegrationFrame key={id} id={id}>
                  {() => <MemberPage integrationId={id} userId={readPathSegment(userId)} />}
                </IntegrationFrame>
              )}
            </Route>
            <Route path="/integrations/:id/keys">
              {({ id }) => (
                <IntegrationFrame key={id} id={id}>
                  {(props) => <KeysPage {...props} />}
                </IntegrationFrame>
              )}
            </Route>
            <Route path="/integrations/:id/spend">
              {({ id }) => (
                <IntegrationFrame key={id} id={id}>
                  {(props) => <SpendPage {...props} />}
                </IntegrationFrame>
              )}
            </Route>
            <Route path="/integrations/:id/settings">
              {({ id }) => (
                <IntegrationFrame key={id} id={id}>
                  {(props) => <SettingsPage {...props} />}
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
