import type { Day } from '../../../../shared/domain/day.ts'
import { operations } from '../../../../shared/contracts/operations.ts'
import { useApi } from '../../api/api-context.ts'
import { csvFile, DownloadButtons } from '../../components/download-buttons.tsx'
import { fileNameOf } from '../../components/file-name.ts'
import type { TableGrouping } from './spend-view.ts'

const GROUPINGS_IN_FILE_NAMES: Readonly<Record<TableGrouping, string>> = {
  project: 'project',
  lineItem: 'line item',
  user: 'person',
  key: 'key',
}

/** Downloads the costs of the days shown: those of the table as CSV, and all charges as a FOCUS file for other tools. */
export function DownloadCosts({
  id,
  organization,
  by,
  range,
}: {
  id: string
  /** The organization's name, which the file name contains. Downloading is disabled until it is known. */
  organization: string | undefined
  by: TableGrouping
  range: { readonly from: Day; readonly to: Day }
}) {
  const api = useApi()
  const nameOf = (content: string) =>
    fileNameOf({
      organization: organization ?? '',
      content,
      filters: [`from ${range.from}`],
      day: range.to,
      extension: 'csv',
    })
  const read = (query: { readonly groupBy?: TableGrouping; readonly format: 'csv' | 'focus' }) =>
    api.csv(operations.getCosts, { params: { id }, query: { ...query, ...range } })
  const downloads = [
    {
      label: 'Download CSV',
      create: async () => ({
        content: csvFile(await read({ groupBy: by, format: 'csv' })),
        name: nameOf(`costs by ${GROUPINGS_IN_FILE_NAMES[by]}`),
      }),
    },
    // Other tools read this file, so it has no byte order mark.
    {
      label: 'Download FOCUS',
      create: async () => ({ content: await read({ format: 'focus' }), name: nameOf('costs in FOCUS') }),
    },
  ]
  return <DownloadButtons downloads={downloads} isReady={organization !== undefined} />
}
