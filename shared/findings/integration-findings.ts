import { dayOf } from '../domain/day.ts'
import { needsAction, type SyncProblemCode } from '../domain/problem.ts'
import { keyExpiryOf } from '../integrations/key-expiry.ts'
import { keyExpiryDetail, problemDetail } from '../providers/problem-detail.ts'
import type { Finding, FindingSubject } from './finding.ts'
import type { JudgedOrganization } from './judged-organization.ts'
import { newFinding } from './new-finding.ts'

/** The problems that another key solves. */
const SOLVED_BY_KEY: ReadonlySet<SyncProblemCode> = new Set([
  'invalid_admin_key',
  'not_an_admin_key',
  'insufficient_permissions',
  'admin_key_missing',
  'different_organization',
])

/** The findings about the connection to an organization, as the integration says. Trouble that passes is none. */
export function findingsOfIntegration(
  organization: Pick<JudgedOrganization, 'integration' | 'provider'>,
  now: Date,
): Finding[] {
  const { integration, provider } = organization
  const subject: FindingSubject = { kind: 'integration', id: integration.id, label: integration.name }
  const found: Finding[] = []
  const { problem } = integration
  if (problem !== null && needsAction(problem.code)) {
    const { code, since } = problem
    const detail = problemDetail(problem, provider)
    found.push(
      newFinding(organization, code, {
        severity: 'high',
        subject,
        since: dayOf(new Date(since)),
        evidence: { type: 'integration_problem', code, detail, since },
        cost: null,
        action: { text: detail, url: SOLVED_BY_KEY.has(code) ? provider.adminKeysUrl : null },
      }),
    )
  }
  const expiry = keyExpiryOf(integration, now)
  if (expiry !== null) {
    found.push(
      newFinding(organization, expiry.expiresAt, {
        severity: 'medium',
        subject,
        since: dayOf(new Date(expiry.since)),
        evidence: { type: 'key_expiring', expiresAt: expiry.expiresAt },
        cost: null,
        action: { text: keyExpiryDetail(expiry, provider), url: provider.adminKeysUrl },
      }),
    )
  }
  return found
}
