import { CostViews } from '../../shared/data-sets/costs/cost-views.ts'
import { type CostRow, costs } from '../../shared/data-sets/costs/costs.ts'
import { DayTableBuilder } from '../../shared/data-sets/day-series/day-table-builder.ts'
import type { SnapshotPerson } from '../../shared/data-sets/directory/directory-person.ts'
import { UserDerivation } from '../../shared/data-sets/directory/directory-user.ts'
import type { ListedKey } from '../../shared/data-sets/keys/keys.ts'
import { ownedKeys } from '../../shared/data-sets/keys/owned-key.ts'
import type { UsageRow } from '../../shared/data-sets/usage/usage.ts'
import { addDays, type Day } from '../../shared/domain/day.ts'
import { DEFAULT_THRESHOLDS, type FindingThresholds } from '../../shared/domain/finding.ts'
import type { Window } from '../../shared/domain/window.ts'
import { deriveFindings } from '../../shared/findings/derive-findings.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import type { JudgedOrganization } from '../../shared/findings/judged-organization.ts'
import type { Roster } from '../../shared/people/roster.ts'
import { providerOf } from '../../shared/providers/find-provider.ts'
import { anIntegration, aSnapshot, aTable, emptySeries, NO_LISTS, WINDOW } from '../builders.ts'

/** What a test sets of an organization at either provider. */
export interface Facts {
  readonly provider: string
  readonly people: readonly SnapshotPerson[]
  /** Default: somebody used something, so that an absence of use proves something. */
  readonly rows: readonly UsageRow[]
  readonly keys: readonly ListedKey[] | null
  readonly costRows: readonly (Pick<CostRow, 'day' | 'cost'> & Partial<CostRow>)[] | null
  readonly coveredFrom: Day
  readonly companyDomains: readonly string[]
  readonly roster: Roster | null
  readonly today: Day
  readonly thresholds: FindingThresholds
}

/** Some use of somebody who is not in the directory. */
const SOMEBODYS_USE: UsageRow = {
  day: WINDOW.to,
  userId: 'somebody',
  model: 'gpt-5',
  requests: 1,
  inputTokens: 0,
  cachedInputTokens: 0,
  outputTokens: 0,
}

const DEFAULTS: Facts = {
  provider: 'openai',
  people: [],
  rows: [SOMEBODYS_USE],
  keys: [],
  costRows: [],
  coveredFrom: addDays(WINDOW.to, -59),
  companyDomains: ['acme.example'],
  roster: null,
  today: WINDOW.to,
  thresholds: DEFAULT_THRESHOLDS,
}

/** What is judged of an organization with these facts. */
export function judged(facts: Partial<Facts>): JudgedOrganization {
  const {
    provider: id,
    people,
    rows,
    keys,
    costRows,
    coveredFrom,
    companyDomains,
    thresholds,
  } = {
    ...DEFAULTS,
    ...facts,
  }
  const provider = providerOf(id)
  const covered: Window = { from: coveredFrom, to: WINDOW.to }
  const table = new DayTableBuilder(costs, covered)
  const labels = { userId: null, report: 'total', subject: '', lineItem: '', currency: 'USD' } as const
  for (const row of costRows ?? []) table.add({ ...labels, ...row })
  const snapshot = {
    ...aSnapshot(people),
    series: { ...emptySeries(), usage: aTable(rows), costs: table.build() },
    lists: { ...NO_LISTS, keys },
  }
  const views = new CostViews(snapshot)
  const asOf = { ...WINDOW, syncedAt: `${WINDOW.to}T12:00:00.000Z` }
  return {
    integration: anIntegration({ provider: id }),
    provider,
    companyDomains,
    directory: {
      people,
      derivation: new UserDerivation(snapshot, companyDomains, provider.directory),
      window: WINDOW,
      sources: ['usage'],
    },
    keys: keys && {
      listed: ownedKeys(keys, people, asOf, thresholds),
      window: WINDOW,
      costOf: (keyId) => views.costOfKey(keyId),
    },
    costs: costRows && views,
  }
}

/** What is found in an organization with these facts. */
export function foundIn(facts: Partial<Facts>): Finding[] {
  const { today, roster, thresholds } = { ...DEFAULTS, ...facts }
  return deriveFindings(judged(facts), { today, roster, thresholds })
}

/** The type, severity and subject of each. */
export function inShort(findings: readonly Finding[]): string[] {
  return findings.map(({ evidence, severity, subject }) => `${severity} ${evidence.type} ${subject.id}`)
}
