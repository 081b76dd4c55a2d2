/** @jest-environment <rootDir>/test/dashboard/page-environment.js */
import { afterAll } from '@jest/globals'

// React as it ships: its development build takes twice as long.
process.env['NODE_ENV'] = 'production'

// One suite for all pages: each would load the whole library of components again, a second of work.
await import('./pages/company-keys-tests.tsx')
await import('./pages/company-spend-tests.tsx')
await import('./pages/connect-tests.tsx')
await import('./pages/costs-elsewhere-tests.tsx')
await import('./pages/findings-tests.tsx')
await import('./pages/fresh-data-tests.tsx')
await import('./pages/keys-tests.tsx')
await import('./pages/member-tests.tsx')
await import('./pages/members-evidence-tests.tsx')
await import('./pages/members-tests.tsx')
await import('./pages/navigation-tests.tsx')
await import('./pages/organization-evidence-tests.tsx')
await import('./pages/organization-tests.tsx')
await import('./pages/organizations-tests.tsx')
await import('./pages/overview-tests.tsx')
await import('./pages/people-tests.tsx')
await import('./pages/person-tests.tsx')
await import('./pages/review-tests.tsx')
await import('./pages/reviews-tests.tsx')
await import('./pages/roster-tests.tsx')
await import('./pages/sent-token-tests.tsx')
await import('./pages/settings-tests.tsx')
await import('./pages/spend-tests.tsx')
const { closePage } = await import('./pages/open-page.tsx')

afterAll(closePage)
