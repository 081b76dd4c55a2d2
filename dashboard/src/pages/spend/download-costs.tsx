import type { WireCosts } from '../../../../shared/contracts/costs-contract.ts'
import type { Day } from '../../../../shared/domain/day.ts'
import { operations } from '../../../../shared/contracts/operations.ts'
import { useApi } from '../../api/api-context.ts'
import { partName, useProviderOf } from '../../api/provider-queries.ts'
import { useAttributionInWords } from '../../components/attribution-in-words.ts'
import { refusalInWords, useRefusedReports } from '../../components/refused-report.tsx'
import { csvFile, DownloadButtons } from '../../components/download-buttons.tsx'
import { fileNameOf } from '../../components/file-name.ts'
import { readCostFiles } from './read-cost-files.ts'
import type { TableGrouping } from './spend-view.ts'

/** `part` is what the provider calls a project. */
function groupingInFileName(by: TableGrouping, part: string): string {
  return { project: part, lineItem: 'line item', user: 'person', key: 'key' }[by]
}

/**
 * Downloads the costs of the days shown: those of the table as CSV, those of every table as a workbook, and all charges
 * as a FOCUS file for other tools.
 */
export function DownloadCosts({
  id,
  organization,
  by,
  range,
  costs,
}: {
  id: string
  /** The organization's name, which the file name contains. Downloading is disabled until it is known. */
  organization: string | undefined
  by: TableGrouping
  range: { readonly from: Day; readonly to: Day }
  /** What these days cost. Undefined while unknown. */
  costs: WireCosts | undefined
}) {
  const api = useApi()
  const part = partName(useProviderOf(id))
  const refused = useRefusedReports(id)
  const attribution = useAttributionInWords(id, costs?.attribution)
  const nameOf = (content: string, extension: 'csv' | 'xlsx' = 'csv') =>
    fileNameOf({
      organization: organization ?? '',
      content,
      filters: [`from ${range.from}`],
      day: range.to,
      extension,
    })
  const read = async (query: { readonly groupBy?: TableGrouping; readonly format: 'csv' | 'focus' }) =>
    (await api.csv(operations.getCosts, { params: { id }, query: { ...query, ...range } })).content
  const downloads = [
    {
      label: 'Download CSV',
      create: async () => ({
        content: csvFile(await read({ groupBy: by, format: 'csv' })),
        name: nameOf(`costs by ${groupingInFileName(by, part)}`),
      }),
    },
    {
      label: 'Download Excel',
      create: async () => {
        const { costsWorkbook } = await import('./costs-workbook.ts')
        const about = {
          organization: organization ?? '',
          part,
          ...range,
          attribution,
          refused: refused.map((report) => refusalInWords(report)),
        }
        return {
          content: await costsWorkbook(await readCostFiles(api, id, range), about),
          name: nameOf('costs', 'xlsx'),
        }
      },
    },
    // Other tools read this file, so it has no byte order mark.
    {
      label: 'Download FOCUS',
      create: async () => ({ content: await read({ format: 'focus' }), name: nameOf('costs in FOCUS') }),
    },
  ]
  return <DownloadButtons downloads={downloads} isReady={organization !== undefined && costs !== undefined} />
}
