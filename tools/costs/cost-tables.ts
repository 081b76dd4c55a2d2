import {
  costOf,
  type CostInput,
  monthlyUse,
  syncsAtOnceNeeded,
  syncsOfMonth,
  syncUnitsOfMonth,
} from './monthly-cost.ts'
import { providerOf } from '../../shared/providers/find-provider.ts'
import { PRICES_AS_OF, PRICES_REGION, type PriceName } from './prices.ts'

/** The lines of the bill, and the prices of each. Every price is in exactly one line. */
export const BILL: readonly (readonly [string, readonly PriceName[]])[] = [
  ['DynamoDB: writes', ['writeUnits']],
  ['DynamoDB: reads', ['readUnits']],
  ['DynamoDB: storage and recovery backups', ['tableStorage', 'tableBackup']],
  ['Lambda', ['functionSeconds', 'functionRequests']],
  ['Secrets Manager', ['secrets', 'secretRequests']],
  ['SQS and EventBridge Scheduler', ['queueRequests', 'scheduleRuns']],
  ['HTTP API and CloudFront', ['apiRequests', 'siteRequests', 'siteTraffic']],
  ['CloudWatch: logs', ['logIngestion', 'logStorage']],
  ['CloudWatch: metrics', ['metrics']],
  ['CloudWatch: alarms', ['alarms']],
  ['CloudWatch: dashboard', ['overviews']],
  ['KMS: the key that signs reviews', ['signingKeys']],
  ['X-Ray', ['traces']],
  ['Cognito: people', ['people']],
  ['Cognito: scripts', ['scriptTokens']],
]

const BEGIN = '<!-- Computed by `npm run costs`: do not edit. -->'
const END = '<!-- End of what is computed. -->'

type Row = readonly string[]

/** The computed part of `docs/costs.md`, between its markers. */
export function costTables(input: CostInput): string {
  return [
    `### A month, in US dollars (${PRICES_REGION}, prices of ${PRICES_AS_OF})`,
    billTable(input),
    '### Table requests of one sync',
    unitsTable(input),
    ratioLine(input),
    '### By provider',
    providersTable(input),
    '### Assumed',
    assumptionsTable(input),
    '### Prices',
    pricesTable(input),
  ].join('\n\n')
}

/** The page's text with the computed part replaced. Throws when the markers are missing. */
export function withTables(page: string, tables: string): string {
  const begin = page.indexOf(BEGIN)
  const end = page.indexOf(END)
  if (begin < 0 || end < begin) throw new Error(`The page has no “${BEGIN}” … “${END}”.`)
  return `${page.slice(0, begin + BEGIN.length)}\n\n${tables}\n\n${page.slice(end)}`
}

function billTable(input: CostInput): string {
  const { assumptions, prices } = input
  const uses = assumptions.integrations.map((integrations) => monthlyUse(integrations, input))
  const everything = BILL.flatMap(([, names]) => names)
  const fixed = costOf(monthlyUse(0, input), everything, prices)
  const perIntegration = (share: (cost: number, integrations: number) => number) =>
    assumptions.integrations.map((integrations) =>
      dollars(share(costOf(monthlyUse(integrations, input), everything, prices), integrations)),
    )
  const costs = (names: readonly PriceName[]) => uses.map((use) => dollars(costOf(use, names, prices)))
  const once = assumptions.integrations.map((integrations) =>
    dollars(((integrations * input.counts.syncs.first.writeUnits) / 1_000_000) * prices.writeUnits.usd),
  )
  return table([
    [
      '',
      ...assumptions.integrations.map(
        (integrations) => `${whole(integrations)} integration${integrations > 1 ? 's' : ''}`,
      ),
    ],
    ...BILL.map(([label, names]) => [label, ...costs(names)]),
    ['**Together**', ...costs(everything).map((cost) => `**${cost}**`)],
    ['Of that, the deployment by itself, without an integration', ...uses.map(() => dollars(fixed))],
    ['Of that, each integration', ...perIntegration((cost, integrations) => (cost - fixed) / integrations)],
    ['Together, for each integration', ...perIntegration((cost, integrations) => cost / integrations)],
    ['Once: the writes of the first syncs', ...once],
    [
      '`syncsAtOnce` must be at least',
      ...assumptions.integrations.map((each) => whole(syncsAtOnceNeeded(each, input))),
    ],
  ])
}

function unitsTable({ counts }: CostInput): string {
  const rows = [
    ['The first sync', counts.syncs.first],
    ['The first sync of a new day', counts.syncs.newDay],
    ['A sync with one changed day', counts.syncs.changedDay],
    ['A sync without changes, after one with changes', counts.syncs.quiet],
    ['A further sync without changes', counts.syncs.quietAgain],
    ['An answer of the api', counts.answer],
  ] as const
  return table([
    [`Counted on ${counts.countedOn}`, 'Requests', 'Write units', 'Read units'],
    ...rows.map(([label, units]) => [label, whole(units.requests), whole(units.writeUnits), whole(units.readUnits)]),
  ])
}

function ratioLine({ counts, assumptions }: CostInput): string {
  const { writeUnits } = syncUnitsOfMonth({ counts, assumptions })
  const rewriting = syncsOfMonth(assumptions) * counts.syncs.first.writeUnits
  return [
    `One organization of ${whole(assumptions.members)} members needs **${whole(writeUnits)} write units a month**.`,
    `Rewriting every item at each of its ${whole(syncsOfMonth(assumptions))} syncs would need ${whole(rewriting)}:`,
    `**${(rewriting / writeUnits).toFixed(1)} times** as many.`,
  ].join(' ')
}

/** Simulated organizations, whose people are not all active, as opposed to the one above. */
function providersTable({ counts }: CostInput): string {
  const rows = Object.entries(counts.providers).map(([id, { requests, firstWriteUnits, newDayWriteUnits }]) => [
    providerOf(id).name,
    whole(requests),
    whole(firstWriteUnits),
    whole(newDayWriteUnits),
  ])
  return table([
    ['Simulated organization at', 'Requests to it, a sync', 'Write units, first sync', 'Write units, new day'],
    ...rows,
  ])
}

function assumptionsTable({ counts, assumptions: each }: CostInput): string {
  const { newDay, changedDay, quiet } = each.syncsPerDay
  return table([
    ['What', 'How much'],
    ['Members of an organization, all of them active every day', whole(each.members)],
    ['Models per member and day', whole(each.modelsPerMemberAndDay)],
    ['Days in the window; in a month', `${each.windowDays}; ${each.daysPerMonth}`],
    ['Syncs a day: new day, changed day, without changes', `${newDay}, ${changedDay}, ${quiet}`],
    ['Pages that a sync reads in sequence; time per page', `${each.pagesPerSync}; ${each.pageMs} ms`],
    ['Resulting duration of a sync; its memory', `${counts.syncSeconds} s; ${whole(each.syncMemoryMb)} MB`],
    ['API calls a month, per integration', whole(each.apiCallsPerMonth)],
    ['Duration of a call; its memory', `${each.apiSeconds} s; ${whole(each.apiMemoryMb)} MB`],
    ['Size of an answer, which reads the integration and its snapshot', `${whole(each.apiAnswerBytes)} bytes`],
    ['Duration of a dispatch run; its memory', `${each.dispatchSeconds} s; ${whole(each.dispatchMemoryMb)} MB`],
    [
      'Duration of a clean-up, with the api’s memory; clean-ups a day',
      `${each.cleanUpSeconds} s; ${each.cleanUpsPerDay}`,
    ],
    ['Log of a run; of a call', `${whole(each.logBytesPerRun)} bytes; ${whole(each.logBytesPerApiCall)} bytes`],
    ['Months that logs are kept', whole(each.logRetentionMonths)],
    ['Share of runs and calls that X-Ray records', 'all'],
    ['Polls a month in which the queue is empty', whole(each.emptyPollsPerMonth)],
    ['People who sign in; tokens of scripts a month', `${each.peopleSigningIn}; ${each.scriptTokensPerMonth}`],
    [
      'Alarms; custom metrics; dashboards (one schedule); signing keys, counted',
      `${counts.stack.alarms}; ${counts.stack.metrics}; ${counts.stack.overviews}; ${counts.stack.signingKeys}`,
    ],
    ['Storage of one organization, index included, counted', `${(counts.tableBytes / 1_000_000).toFixed(1)} MB`],
    ['Parts of its snapshot, counted', whole(counts.snapshotParts)],
  ])
}

function pricesTable({ prices }: CostInput): string {
  const byPage = Map.groupBy(Object.values(prices), ({ page }) => page)
  const rows = [...byPage].map(([{ url, seen }, those]) => [
    `<${url}>`,
    those.map(({ usd, per }) => `$${usd.toLocaleString('en-US', { maximumFractionDigits: 10 })} per ${per}`).join('; '),
    seen,
  ])
  return table([['Page', 'Prices', 'Seen'], ...rows])
}

/** A Markdown table in the format of prettier. */
function table(rows: readonly Row[]): string {
  const [head = []] = rows
  const widths = head.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: Row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.slice(1).map(line)].join('\n')
}

function dollars(usd: number): string {
  return usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
}

function whole(figure: number): string {
  return Math.round(figure).toLocaleString('en-US')
}
