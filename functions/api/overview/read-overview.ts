import type { WireOverview } from '../../../shared/contracts/overview-contract.ts'
import { costs } from '../../../shared/data-sets/costs/costs.ts'
import { needsAction } from '../../../shared/domain/problem.ts'
import { monthBefore } from '../../../shared/domain/month.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { asOf } from '../data/as-of.ts'
import type { OrganizationData } from '../data/snapshot-cache.ts'
import type { FindingCounts } from '../findings/read-findings.ts'
import type { PeopleData, PeopleIndex } from '../people/people-index.ts'
import { oldestSyncedAt } from '../people/read-people.ts'
import { costsNotRead } from './costs-not-read.ts'
import { countPeople, type PeopleFigures } from './count-people.ts'
import { type CoveredCosts, lastCoveredDay, monthlyCosts } from './monthly-costs.ts'

/** Counts the open findings. */
type CountFindings = () => Promise<FindingCounts>

/** Answers with figures over all organizations. */
export class Overview {
  private readonly deps: Pick<ApiDependencies, 'schedules' | 'now'>
  private readonly index: PeopleIndex
  private readonly countFindings: CountFindings
  /** Of the people that were counted last. */
  private readonly counted = new WeakMap<PeopleData['people'], PeopleFigures>()

  constructor(deps: Pick<ApiDependencies, 'schedules' | 'now'>, index: PeopleIndex, countFindings: CountFindings) {
    this.deps = deps
    this.index = index
    this.countFindings = countFindings
  }

  async read(): Promise<WireOverview> {
    const data = await this.index.read()
    const { organizations } = data
    const covered = organizations.flatMap((each) => coveredCosts(each) ?? [])
    const lastDay = lastCoveredDay(covered)
    const from = lastDay === undefined ? undefined : monthBefore(lastDay).from
    return {
      ...this.peopleIn(data),
      costs: monthlyCosts(covered),
      costsNotRead: costsNotRead(this.deps, organizations, { from, byPeople: false }),
      findings: await this.countFindings(),
      integrations: this.integrationsIn(organizations),
      oldestSyncedAt: oldestSyncedAt(data),
    }
  }

  private peopleIn(data: PeopleData): PeopleFigures {
    const figures = this.counted.get(data.people) ?? countPeople(data)
    this.counted.set(data.people, figures)
    return figures
  }

  private integrationsIn(organizations: readonly OrganizationData[]): WireOverview['integrations'] {
    const count = (matches: (data: OrganizationData) => boolean) => organizations.filter(matches).length
    const isActionRequired = ({ integration: { problem } }: OrganizationData) =>
      problem !== null && needsAction(problem.code)
    return {
      connected: count((data) => !isActionRequired(data)),
      actionRequired: count(isActionRequired),
      stale: count((data) => asOf(this.deps, data)?.stale === true),
      neverSynced: count(({ published }) => published === null),
    }
  }
}

/** Undefined when the costs were never read. */
function coveredCosts({ published, loaded }: OrganizationData): CoveredCosts | undefined {
  const covered = published?.dataSets[costs.id]?.window
  return covered === undefined || loaded === null ? undefined : { views: loaded.costs, covered }
}
