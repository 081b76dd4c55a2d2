import { operations } from '../../../../shared/contracts/operations.ts'
import { useApi } from '../../api/api-context.ts'
import { partName, useProviderOf } from '../../api/provider-queries.ts'
import { csvFile, DownloadButtons } from '../../components/download-buttons.tsx'
import { fileNameOf } from '../../components/file-name.ts'
import { filtersInWords } from './filters-in-words.ts'
import type { MembersView } from './members-view.ts'

/** Downloads everybody in the view as CSV or as a workbook. */
export function DownloadMembers({
  id,
  organization,
  view,
  window,
}: {
  id: string
  /** The organization's name, which the file name contains. Downloading is disabled until it is known. */
  organization: string | undefined
  view: MembersView
  /** The days that the data covers. Undefined while unknown. */
  window: { readonly from: string; readonly to: string } | null | undefined
}) {
  const api = useApi()
  const part = partName(useProviderOf(id))
  const readCsv = async () => (await api.csv(operations.listUsers, { params: { id }, query: view })).content
  const nameOf = (extension: 'csv' | 'xlsx') =>
    fileNameOf({
      organization: organization ?? '',
      content: 'members',
      filters: filtersInWords(view),
      day: window?.to,
      extension,
    })
  const downloads = [
    { label: 'Download CSV', create: async () => ({ content: csvFile(await readCsv()), name: nameOf('csv') }) },
    {
      label: 'Download Excel',
      create: async () => {
        const csv = await readCsv()
        const { membersWorkbook } = await import('./members-workbook.ts')
        return {
          content: await membersWorkbook(await csv.text(), { firstDay: window?.from, part }),
          name: nameOf('xlsx'),
        }
      },
    },
  ]
  return <DownloadButtons downloads={downloads} isReady={organization !== undefined} />
}
