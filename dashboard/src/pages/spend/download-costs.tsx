import type { WireCosts } from '../../../../shared/contracts/costs-contract.ts'
import type { Day } from '../../../../shared/domain/day.ts'
import { operations } from '../../../../shared/contracts/operations.ts'
import { useApi } from '../../api/api-context.ts'
import { useProviderOf } from '../../api/provider-queries.ts'
import { attributionInWords } from '../../components/attribution-in-words.ts'
import { csvFile, DownloadButtons } from '../../components/download-buttons.tsx'
import { fileNameOf } from '../../components/file-name.ts'
import { readCostFiles } from './read-cost-files.ts'
import type { TableGrouping } from './spend-view.ts'

const GROUPINGS_IN_FILE_NAMES: Readonly<Record<TableGrouping, string>> = {
  project: 'project',
  lineItem: 'line item',
  user: 'person',
  key: 'key',
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
  const provider = useProviderOf(id)
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
        name: nameOf(`costs by ${GROUPINGS_IN_FILE_NAMES[by]}`),
      }),
    },
    {
      label: 'Download Excel',
      create: async () => {
        const { costsWorkbook } = await import('./costs-workbook.ts')
        const about = {
          organization: organization ?? '',
          ...range,
          attribution: attributionInWords(costs?.attribution ?? null, provider),
          otherCurrencies: costs?.otherCurrencies ?? [],
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
