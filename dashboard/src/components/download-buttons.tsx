import { useMutation } from '@tanstack/react-query'
import classes from './download-buttons.module.css'
import { ErrorNotice } from './error-notice.tsx'
import { Icon } from './icon.tsx'
import { SteadyButton } from './steady-button.tsx'

/** Spreadsheets recognize UTF-8 in a CSV file only with a byte order mark: https://www.unicode.org/faq/utf_bom.html */
const BYTE_ORDER_MARK = '\uFEFF'

/** A file to save, with its name. */
interface FileToSave {
  readonly content: Blob
  readonly name: string
}

export interface Download {
  readonly label: string
  readonly create: () => Promise<FileToSave>
}

/**
 * Buttons that save a list as a file. The file is fetched instead of linked, because a link carries no token. An answer
 * in CSV is recorded as an export in the audit log, so files of other types are made from it, too.
 */
export function DownloadButtons({
  downloads,
  isReady,
}: {
  downloads: readonly Download[]
  /** False while something that the files need is not known. */
  isReady: boolean
}) {
  const download = useMutation({
    mutationFn: async ({ create }: Download) => saveFile(await create()),
  })
  return (
    <div className={classes.buttons}>
      {downloads.map((each) => (
        <SteadyButton
          key={each.label}
          variant="default"
          size="xs"
          leftSection={<Icon name="download" size={15} />}
          busy={download.isPending && download.variables.label === each.label}
          off={!isReady}
          onClick={() => download.mutate(each)}
        >
          {each.label}
        </SteadyButton>
      ))}
      {download.isError && <ErrorNotice error={download.error} />}
    </div>
  )
}

/** A CSV answer as a file for spreadsheets. */
export function csvFile(csv: Blob): Blob {
  return new Blob([BYTE_ORDER_MARK, csv], { type: 'text/csv' })
}

/** Saves a file through the browser's downloads. */
function saveFile({ content, name }: FileToSave): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name.replaceAll(/[/\\:*?"<>|]/g, '-')
  link.click()
  URL.revokeObjectURL(address)
}
