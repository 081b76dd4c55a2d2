import { useMutation } from '@tanstack/react-query'
import { operations } from '../../../../shared/contracts/operations.ts'
import { useApi } from '../../api/api-context.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { Icon } from '../../components/icon.tsx'
import { SteadyButton } from '../../components/steady-button.tsx'
import classes from './download-buttons.module.css'
import { fileNameOf, type Download } from './file-name.ts'
import type { MembersView } from './members-view.ts'

/** Spreadsheets recognize UTF-8 in a CSV file only with a byte order mark: https://www.unicode.org/faq/utf_bom.html */
const BYTE_ORDER_MARK = '\uFEFF'

/**
 * Downloads everybody in the view as CSV or as a workbook. Both use the CSV answer, so both are recorded as exports in
 * the audit log. The file is fetched instead of linked, because a link carries no token.
 */
export function DownloadButtons({
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
  const download = useMutation({
    mutationFn: async ({ kind, organization }: { kind: Download; organization: string }) => {
      const csv = await api.csv(operations.listUsers, { params: { id }, query: view })
      const name = fileNameOf({ organization, view, day: window?.to, kind })
      if (kind === 'csv') return saveFile(new Blob([BYTE_ORDER_MARK, csv], { type: 'text/csv' }), name)
      const { membersWorkbook } = await import('./members-workbook.ts')
      saveFile(await membersWorkbook(await csv.text(), window?.from), name)
    },
  })
  const button = (kind: Download, label: string) => (
    <SteadyButton
      variant="default"
      size="xs"
      leftSection={<Icon name="download" size={15} />}
      busy={download.isPending && download.variables.kind === kind}
      off={organization === undefined}
      onClick={() => organization !== undefined && download.mutate({ kind, organization })}
    >
      {label}
    </SteadyButton>
  )
  return (
    <div className={classes.buttons}>
      {button('csv', 'Download CSV')}
      {button('xlsx', 'Download Excel')}
      {download.isError && <ErrorNotice error={download.error} />}
    </div>
  )
}

/** Saves a file through the browser's downloads. */
function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name.replaceAll(/[/\\:*?"<>|]/g, '-')
  link.click()
  URL.revokeObjectURL(address)
}
