import type { WireIntegration } from '../../../shared/contracts/integration-contract.ts'
import type { WireProvider } from '../../../shared/contracts/provider-contract.ts'
import type { CostGrouping } from '../../../shared/contracts/costs-contract.ts'
import { useDataSet } from '../api/integration-queries.ts'
import { partName, providerName, useProviderOf } from '../api/provider-queries.ts'
import { capitalize } from '../format/list-in-words.ts'
import { formatUtcDate } from '../format/format-time.ts'
import { Notice } from './notice.tsx'
import { whyUnread } from './sources-of-use.ts'

const REPORTS = ['user', 'project', 'key'] as const

/** A report of costs that the provider can refuse, unlike the total. */
export type PartedReport = (typeof REPORTS)[number]

/** The report that has the rows of a grouping. That by project has line items, too. */
export const REPORT_OF: Readonly<Record<Exclude<CostGrouping, 'day'>, PartedReport>> = {
  project: 'project',
  lineItem: 'project',
  user: 'user',
  key: 'key',
}

/** A report of costs that the last reading lacks. */
export interface RefusedReport {
  /** `Quill refused its report of costs by user` */
  readonly what: string
  /** To follow a colon: `the key lacks the permission seals.read`. */
  readonly why: string
  readonly code: string
  /** When its rows were read that are still shown. Null if none are. */
  readonly rowsAsOf: string | null
}

/** The report of an integration's costs, if it is refused. */
export function useRefusedReport(integrationId: string, report: PartedReport): RefusedReport | undefined {
  return refusedReport(useDataSet(integrationId, 'costs'), report, useProviderOf(integrationId))
}

/** All reports that are refused. */
export function useRefusedReports(integrationId: string): readonly RefusedReport[] {
  const [costs, provider] = [useDataSet(integrationId, 'costs'), useProviderOf(integrationId)]
  return REPORTS.flatMap((report) => refusedReport(costs, report, provider) ?? [])
}

/** A report that is refused, from the state of the data set. */
function refusedReport(
  costs: WireIntegration['dataSets'][number] | undefined,
  report: PartedReport,
  provider: WireProvider | undefined,
): RefusedReport | undefined {
  const missing = costs?.missing.find(({ part }) => part === report)
  if (missing === undefined) return undefined
  const { code, rowsAsOf } = missing
  const by = report === 'project' ? `${partName(provider)} and line item` : report
  return {
    what: `${providerName(provider)} refused its report of costs by ${by}`,
    why: whyOf(code, provider),
    code,
    rowsAsOf,
  }
}

function whyOf(code: string, provider: WireProvider | undefined): string {
  if (code === 'insufficient_permissions') return whyUnread({ id: 'costs', state: 'not_permitted' }, provider)
  return code === 'data_set_unavailable' ? 'it is not offered for this organization' : code.replaceAll('_', ' ')
}

/** A refusal in one sentence, without its end. */
export function refusalInWords({ what, why, code }: RefusedReport): string {
  return `${what}: ${why} (${code})`
}

/** Says that a report was refused, and why. */
export function RefusedReportNotice({ report: { what, why, code, rowsAsOf } }: { report: RefusedReport }) {
  return (
    <Notice kind="warn" title={capitalize(what)}>
      {capitalize(why)} (<code>{code}</code>).{' '}
      {rowsAsOf === null
        ? 'So only the total is known here.'
        : `What was read until ${formatUtcDate(rowsAsOf)} (UTC) is shown; later costs are unattributed.`}
    </Notice>
  )
}
