import { dayOf } from '../../../shared/domain/day.ts'
import type { FindingType } from '../../../shared/domain/finding.ts'
import { type Acceptance, isOver } from '../../../shared/findings/acceptance.ts'
import { isIdOf } from '../../../shared/findings/new-finding.ts'
import { unprovenTypes } from '../../../shared/findings/not-judged.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import type { Indexes } from '../indexes.ts'
import type { PeopleData } from '../people/people-index.ts'
import { judgedOrganization } from './judged-organization.ts'

type EndDependencies = Pick<ApiDependencies, 'acceptances' | 'findingThresholds' | 'now'>

/**
 * Deletes the acceptances that have ended, so that they do not count again when the finding comes back: those whose last day has
 * passed, whose finding became more severe, has another cause or is gone, and those of integrations that are gone. While it is unknown
 * whether there is a finding, its acceptance stays.
 *
 * Acceptances are read before findings: what was accepted meanwhile is not looked at, and what was accepted again is not deleted.
 */
export async function deleteEndedAcceptances(
  deps: EndDependencies,
  { people, findings }: Pick<Indexes, 'people' | 'findings'>,
): Promise<void> {
  const stored = await deps.acceptances.listAcceptances()
  if (stored.length === 0) return
  const data = await people.readOrganizations()
  const { findings: found, acceptances: inEffect } = await findings.read(data, stored)
  const ids = new Set(found.map(({ id }) => id))
  const unproven = unprovenIn(deps, data)
  const today = dayOf(deps.now())
  const mayComeBack = ({ findingId, integrationId }: Acceptance) =>
    !ids.has(findingId) && [...(unproven.get(integrationId) ?? [])].some((type) => isIdOf(type, findingId))
  for (const acceptance of stored) {
    const { findingId, at } = acceptance
    if (inEffect.has(findingId) || (mayComeBack(acceptance) && !isOver(acceptance, today))) continue
    await deps.acceptances.deleteAcceptance(findingId, at)
  }
}

/** By integration, the types whose absence proves nothing. */
function unprovenIn(
  deps: EndDependencies,
  { organizations, roster }: Omit<PeopleData, 'people'>,
): ReadonlyMap<string, ReadonlySet<FindingType>> {
  const judgement = { today: dayOf(deps.now()), roster, thresholds: deps.findingThresholds }
  return new Map(
    organizations.map((data) => {
      // Which removals are open does not change what is unproven.
      const judged = judgedOrganization({ ...data, removals: [] })
      return [data.integration.id, unprovenTypes(judged, judgement)] as const
    }),
  )
}
