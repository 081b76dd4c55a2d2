import type { CostViews } from '../data-sets/costs/cost-views.ts'
import type { SnapshotPerson } from '../data-sets/directory/directory-person.ts'
import type { UserDerivation } from '../data-sets/directory/directory-user.ts'
import type { OwnedKey } from '../data-sets/keys/owned-key.ts'
import type { Day } from '../domain/day.ts'
import type { FindingThresholds } from '../domain/finding.ts'
import type { Window } from '../domain/window.ts'
import type { Integration } from '../integrations/integration.ts'
import type { Roster } from '../people/roster.ts'
import type { Provider } from '../providers/provider.ts'

/** What is known of an organization. What was not read is null. */
export interface JudgedOrganization {
  readonly integration: Integration
  readonly provider: Provider
  readonly companyDomains: readonly string[]
  readonly directory: JudgedDirectory | null
  readonly keys: JudgedKeys | null
  readonly costs: CostViews | null
}

export interface JudgedDirectory {
  readonly people: readonly SnapshotPerson[]
  readonly derivation: UserDerivation
  /** Of its reading. Ages count from the last day. */
  readonly window: Window
  /** The data sets from which use is known. */
  readonly sources: readonly string[]
}

interface JudgedKeys {
  readonly listed: readonly OwnedKey[]
  readonly window: Window
  readonly costOf: CostViews['costOfKey']
}

/** What findings depend on beside the organization. */
export interface Judgement {
  readonly today: Day
  /** Null if none is set. */
  readonly roster: Roster | null
  readonly thresholds: FindingThresholds
}
