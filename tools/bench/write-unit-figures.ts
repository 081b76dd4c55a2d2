import { ASSUMPTIONS } from '../costs/assumptions.ts'
import { COUNTS } from '../costs/counts.ts'
import { costOf, monthlyUse, syncsOfMonth, syncUnitsOfMonth } from '../costs/monthly-cost.ts'
import { PRICES, type PriceName } from '../costs/prices.ts'
import type { Figures } from './figure.ts'

const TIMES_FEWER = 15
const DOLLARS_AT_MOST = 1
/** The cost of one additional organization. Costs of the deployment as a whole are left out. */
const OF_AN_ORGANIZATION: readonly PriceName[] = [
  'writeUnits',
  'readUnits',
  'tableStorage',
  'tableBackup',
  'functionSeconds',
  'functionRequests',
  'secrets',
  'secretRequests',
  'apiRequests',
  'siteRequests',
  'siteTraffic',
  'logIngestion',
  'logStorage',
  'traces',
  'scheduleRuns',
]

const isOfAnOrganization = (name: string) => OF_AN_ORGANIZATION.some((each) => each === name)
const OF_THE_DEPLOYMENT = priceNames().filter((name) => !isOfAnOrganization(name))

function priceNames(): PriceName[] {
  const names: string[] = Object.keys(PRICES)
  return names.filter((name): name is PriceName => name in PRICES)
}

/**
 * Compares the counts of the last `npm run costs` with their goals: an organization of 1,000, synced every six hours
 * for a month.
 */
export function writeUnitFigures(): Figures {
  const input = { counts: COUNTS, assumptions: ASSUMPTIONS }
  const everyItem = COUNTS.syncs.first.writeUnits * syncsOfMonth(ASSUMPTIONS)
  const inDollars = (names: readonly PriceName[]) => Math.round(costOf(monthlyUse(1, input), names, PRICES) * 100) / 100
  return {
    timed: [],
    counted: [
      {
        what: 'DynamoDB write units of 1,000 members a month, beside 1/15 of rewriting every item each time',
        counted: Math.round(syncUnitsOfMonth(input).writeUnits),
        goal: Math.floor(everyItem / TIMES_FEWER),
        relation: 'at most',
      },
      {
        what: 'A month of that organization with its secret, what is paid once for the deployment left out',
        counted: inDollars(OF_AN_ORGANIZATION),
        goal: DOLLARS_AT_MOST,
        relation: 'at most',
        unit: 'USD',
      },
      {
        what: 'The whole bill of a deployment with that organization alone, alarms, metrics and dashboard included',
        counted: inDollars([...OF_AN_ORGANIZATION, ...OF_THE_DEPLOYMENT]),
        goal: DOLLARS_AT_MOST,
        relation: 'at most',
        unit: 'USD',
      },
    ],
  }
}
