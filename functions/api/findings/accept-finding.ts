import type { AcceptanceRequest, WireFinding } from '../../../shared/contracts/findings-contract.ts'
import { dayOf } from '../../../shared/domain/day.ts'
import { type Acceptance, causeOf, isOver } from '../../../shared/findings/acceptance.ts'
import { integrationIdIn } from '../../../shared/findings/new-finding.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { NotFoundError, ValidationError } from '../http/api-errors.ts'
import type { Principal } from '../http/caller.ts'
import { getVisibleIntegration } from '../integrations/visible-integration.ts'
import type { Indexes } from '../indexes.ts'
import { toWireFinding } from './read-findings.ts'

type AcceptDependencies = Pick<ApiDependencies, 'acceptances' | 'integrations' | 'now'>

/**
 * Accepts a finding, instead of an earlier acceptance if there is one. Throws `ValidationError`, and `NotFoundError` for a finding that
 * does not exist now.
 */
export async function acceptFinding(
  deps: AcceptDependencies,
  indexes: Pick<Indexes, 'findings' | 'people'>,
  findingId: string,
  { reason, until = null, by }: AcceptanceRequest & { readonly by: Principal },
): Promise<WireFinding> {
  const now = deps.now()
  if (isOver({ until }, dayOf(now))) throw new ValidationError([{ field: 'until', message: 'must not be in the past' }])
  const [{ findings }, idOf] = await Promise.all([indexes.findings.read(), indexes.people.readIds()])
  const finding = findings.find(({ id }) => id === findingId)
  if (finding === undefined) throw new NotFoundError('finding')
  const { integrationId, severity, evidence } = finding
  const { subject, name } = by
  const at = now.toISOString()
  const given = { reason, until, by: { subject, name }, at }
  const acceptance: Acceptance = { findingId, integrationId, ...given, severity, cause: causeOf(evidence) }
  await deps.acceptances.putAcceptance(acceptance)
  await requireIntegration(deps, findingId, integrationId)
  return toWireFinding(finding, acceptance, idOf)
}

/** Opens a finding again. Repeating it is harmless. Throws `NotFoundError` for what is no finding of an integration. */
export async function reopenFinding(deps: AcceptDependencies, findingId: string): Promise<void> {
  const integrationId = integrationIdIn(findingId)
  if (integrationId === undefined) throw new NotFoundError('finding')
  await getVisibleIntegration(deps, integrationId)
  await deps.acceptances.deleteAcceptance(findingId)
}

/** The purge of an integration that was deleted meanwhile can have run before the acceptance was stored. */
async function requireIntegration(deps: AcceptDependencies, findingId: string, integrationId: string): Promise<void> {
  try {
    await getVisibleIntegration(deps, integrationId)
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error
    await deps.acceptances.deleteAcceptance(findingId)
    throw new NotFoundError('finding')
  }
}
