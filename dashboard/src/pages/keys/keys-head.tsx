import { operations } from '../../../../shared/contracts/operations.ts'
import type { WireProvider } from '../../../../shared/contracts/provider-contract.ts'
import { useApi } from '../../api/api-context.ts'
import { useFindingCounts, type useKeys } from '../../api/key-queries.ts'
import type { KeysView } from '../../api/keys-view.ts'
import { useProviderOf } from '../../api/provider-queries.ts'
import { csvFile, DownloadButtons } from '../../components/download-buttons.tsx'
import { fileNameOf } from '../../components/file-name.ts'
import { FINDING_WORDS, KEY_STATUS_LABELS, keyKindLabels } from '../../components/key-labels.ts'
import { formatCount, formatNumber } from '../../format/format-number.ts'
import classes from './keys-page.module.css'

/** How many keys the view has, and their download. */
export function KeysHead({
  id,
  organization,
  view,
  keys,
}: {
  id: string
  /** The organization's name, which the file name contains. Undefined while unknown. */
  organization: string | undefined
  view: KeysView
  keys: ReturnType<typeof useKeys>
}) {
  const api = useApi()
  const provider = useProviderOf(id)
  const whole = useFindingCounts(id).data?.total
  const [first] = keys.data?.pages ?? []
  const create = async () => ({
    content: csvFile((await api.csv(operations.listKeys, { params: { id }, query: view })).content),
    name: fileNameOf({
      organization: organization ?? '',
      content: 'keys',
      filters: filtersInWords(view, provider),
      day: first?.asOf.to,
      extension: 'csv',
    }),
  })
  return (
    <div className={classes.top}>
      <p className={classes.count} role="status">
        {keys.isPlaceholderData && 'Updating…'}
        {!keys.isPlaceholderData && first !== undefined && countInWords(first.total, whole)}
      </p>
      <DownloadButtons downloads={[{ label: 'Download CSV', create }]} isReady={organization !== undefined} />
    </div>
  )
}

/** `14 of 23 keys` */
function countInWords(total: number, whole: number | undefined): string {
  if (whole === undefined || whole <= total) return formatCount(total, 'key')
  return `${formatNumber(total)} of ${formatCount(whole, 'key')}`
}

/** The filters of a view in a few words each. */
function filtersInWords(view: KeysView, provider: WireProvider | undefined): string[] {
  const { q, kind, status, ownerId, finding } = view
  const words = [
    q === undefined ? undefined : `search ${q}`,
    finding === 'any' ? 'with a finding' : finding && FINDING_WORDS[finding].label,
    status && KEY_STATUS_LABELS[status],
    kind && keyKindLabels(provider)[kind],
    ownerId === undefined ? undefined : 'of one owner',
  ]
  return words.flatMap((word) => word?.toLowerCase() ?? [])
}
