import { operations } from '../../../../shared/contracts/operations.ts'
import { useApi } from '../../api/api-context.ts'
import { useIntegrations } from '../../api/integration-queries.ts'
import { useProviders } from '../../api/provider-queries.ts'
import { csvFile, DownloadButtons } from '../../components/download-buttons.tsx'
import { fileNameOf } from '../../components/file-name.ts'
import { OUTSIDE_LABELS, OWNER_LABELS, USE_LABELS } from '../../components/member-labels.ts'
import { formatCount, formatNumber } from '../../format/format-number.ts'
import list from '../../components/list-head.module.css'
import type { PeopleView } from './people-view.ts'
import { useNumberOfPeople, usePeople } from './use-people.ts'

/** How many people the view has, and their download. */
export function PeopleHead({ view }: { view: PeopleView }) {
  const people = usePeople(view)
  const whole = useNumberOfPeople({})
  const [first] = people.data?.pages ?? []
  const { accountStatus = 'active' } = view
  return (
    <>
      <p className={list.count} role="status">
        {people.isPlaceholderData && 'Updating…'}
        {!people.isPlaceholderData &&
          first !== undefined &&
          countInWords(first.total, accountStatus === 'active' ? whole : undefined)}
      </p>
      <DownloadPeople view={view} day={first?.oldestSyncedAt?.slice(0, 10)} isReady={first !== undefined} />
    </>
  )
}

/** `12 of 1,234 people` */
function countInWords(total: number, whole: number | undefined): string {
  if (whole === undefined || whole <= total) return formatCount(total, 'person', 'people')
  return `${formatNumber(total)} of ${formatCount(whole, 'person', 'people')}`
}

/** Downloads everybody in the view as CSV or as a workbook. */
function DownloadPeople({ view, day, isReady }: { view: PeopleView; day: string | undefined; isReady: boolean }) {
  const api = useApi()
  const filters = useFiltersInWords(view)
  const readCsv = async () => (await api.csv(operations.listPeople, { query: view })).content
  const nameOf = (extension: 'csv' | 'xlsx') =>
    fileNameOf({ organization: 'All organizations,', content: 'people', filters, day, extension })
  const downloads = [
    { label: 'Download CSV', create: async () => ({ content: csvFile(await readCsv()), name: nameOf('csv') }) },
    {
      label: 'Download Excel',
      create: async () => {
        const csv = await readCsv()
        const { peopleWorkbook } = await import('./people-workbook.ts')
        return { content: await peopleWorkbook(await csv.text()), name: nameOf('xlsx') }
      },
    },
  ]
  return <DownloadButtons downloads={downloads} isReady={isReady} />
}

/** The filters of a view in a few words each, for the name of a file. */
function useFiltersInWords(view: PeopleView): string[] {
  const integrations = useIntegrations().data
  const providers = useProviders().data
  const { q, provider, integrationId, seat, license, outside, owner, accountStatus, idleDays, minOrganizations } = view
  const words = [
    q === undefined ? undefined : `search ${q}`,
    provider && `at ${providers?.find(({ id }) => id === provider)?.name ?? provider}`,
    integrationId && `in ${integrations?.find(({ id }) => id === integrationId)?.name ?? integrationId}`,
    seat,
    license && USE_LABELS[license].toLowerCase(),
    outside && OUTSIDE_LABELS[outside].toLowerCase(),
    owner && OWNER_LABELS[owner].toLowerCase(),
    accountStatus === 'any' ? 'any account' : accountStatus,
    idleDays === undefined ? undefined : `idle ${idleDays} days`,
    minOrganizations === undefined ? undefined : `in at least ${minOrganizations} organizations`,
  ]
  return words.flatMap((word) => word ?? [])
}
