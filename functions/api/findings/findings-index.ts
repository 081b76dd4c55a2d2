import type { WireFindings } from '../../../shared/contracts/findings-contract.ts'
import { sortItems } from '../../../shared/data-sets/sorted-list.ts'
import { dayOf, type Day } from '../../../shared/domain/day.ts'
import { type Acceptance, isInEffect } from '../../../shared/findings/acceptance.ts'
import { deriveFindings } from '../../../shared/findings/derive-findings.ts'
import type { Finding, NotJudged } from '../../../shared/findings/finding.ts'
import { FINDINGS_ORDER } from '../../../shared/findings/findings-order.ts'
import { findingsOfIntegration } from '../../../shared/findings/integration-findings.ts'
import type { Judgement } from '../../../shared/findings/judged-organization.ts'
import { notJudgedIn } from '../../../shared/findings/not-judged.ts'
import { providerOf } from '../../../shared/providers/find-provider.ts'
import { isOpen } from '../../../shared/reviews/outcome.ts'
import type { Roster } from '../../../shared/people/roster.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { oldestSyncedAt } from '../people/read-people.ts'
import type { PeopleData, PeopleIndex } from '../people/people-index.ts'
import { judgedOrganization, type OrganizationWithRemovals } from './judged-organization.ts'

/** What was found, and what could not be judged. */
export interface FindingsData {
  /** Open and accepted ones, in the order of lists. */
  readonly findings: readonly Finding[]
  /** Those that count, by the id of the finding. */
  readonly acceptances: ReadonlyMap<string, Acceptance>
  readonly notJudged: readonly NotJudged[]
  readonly oldestSyncedAt: WireFindings['oldestSyncedAt']
}

/** What was found in one organization. It stays the same while the basis and the roster do. */
interface Derived {
  readonly basis: string
  readonly roster: Roster | null
  readonly findings: readonly Finding[]
  readonly notJudged: readonly NotJudged[]
}

type FindingsDependencies = Pick<ApiDependencies, 'acceptances' | 'outcomes' | 'findingThresholds' | 'now'>

/** Derives the findings of all organizations. Those of an organization are derived again only when something changed. */
export class FindingsIndex {
  private readonly deps: FindingsDependencies
  private readonly people: PeopleIndex
  private derived: ReadonlyMap<string, Derived> = new Map()
  private sorted: readonly Finding[] = []

  constructor(deps: FindingsDependencies, people: PeopleIndex) {
    this.deps = deps
    this.people = people
  }

  /** Default: of the organizations and acceptances as they are now. */
  async read(known?: Omit<PeopleData, 'people'>, accepted?: readonly Acceptance[]): Promise<FindingsData> {
    const [data, acceptances, outcomes] = await Promise.all([
      known ?? this.people.readOrganizations(),
      accepted ?? this.deps.acceptances.listAcceptances(),
      this.deps.outcomes.listOutcomes(),
    ])
    const now = this.deps.now()
    const judgement = { today: dayOf(now), roster: data.roster, thresholds: this.deps.findingThresholds }
    const removals = Map.groupBy(outcomes.filter(isOpen), ({ integrationId }) => integrationId)
    const reviewed = data.organizations.map((each) => ({ ...each, removals: removals.get(each.integration.id) ?? [] }))
    this.derive(reviewed, judgement, now)
    return {
      findings: this.sorted,
      acceptances: inEffect(acceptances, this.sorted, judgement.today),
      notJudged: [...this.derived.values()].flatMap(({ notJudged }) => notJudged),
      oldestSyncedAt: oldestSyncedAt(data),
    }
  }

  private derive(organizations: readonly OrganizationWithRemovals[], judgement: Judgement, now: Date): void {
    const derived = new Map(
      organizations.map((data) => [data.integration.id, this.derivedFrom(data, judgement, now)] as const),
    )
    const isSame =
      derived.size === this.derived.size && [...derived].every(([id, each]) => each === this.derived.get(id))
    this.derived = derived
    if (isSame) return
    this.sorted = sortItems(
      [...derived.values()].flatMap(({ findings }) => findings),
      FINDINGS_ORDER,
    )
  }

  /**
   * The revision of an integration stands for all that is published of it, and for its settings. Outcomes of removals are no part of it: a
   * review that is completed or deleted does not write the integration.
   */
  private derivedFrom(data: OrganizationWithRemovals, judgement: Judgement, now: Date): Derived {
    const { integration, removals } = data
    const provider = providerOf(integration.provider)
    const ofConnection = findingsOfIntegration({ integration, provider }, now)
    const { today, roster } = judgement
    const basis = JSON.stringify([
      integration.revision,
      today,
      ofConnection.map(({ id, action }) => [id, action.text]),
      removals.map(({ reviewId, itemId, state }) => [reviewId, itemId, state]),
    ])
    const known = this.derived.get(integration.id)
    if (known?.basis === basis && known.roster === roster) return known
    const judged = judgedOrganization(data)
    const findings = [...ofConnection, ...deriveFindings(judged, judgement)]
    return { basis, roster, findings, notJudged: notJudgedIn(judged, judgement) }
  }
}

function inEffect(
  acceptances: readonly Acceptance[],
  findings: readonly Finding[],
  today: Day,
): ReadonlyMap<string, Acceptance> {
  const stored = new Map(acceptances.map((acceptance) => [acceptance.findingId, acceptance]))
  if (stored.size === 0) return stored
  return new Map(
    findings.flatMap((finding) => {
      const acceptance = stored.get(finding.id)
      return acceptance !== undefined && isInEffect(acceptance, finding, today) ? [[finding.id, acceptance]] : []
    }),
  )
}
