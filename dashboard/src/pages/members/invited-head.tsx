import { operations } from '../../../../shared/contracts/operations.ts'
import { useApi } from '../../api/api-context.ts'
import { useInvites } from '../../api/invite-queries.ts'
import { csvFile, DownloadButtons } from '../../components/download-buttons.tsx'
import { fileNameOf } from '../../components/file-name.ts'
import { formatCount } from '../../format/format-number.ts'
import list from '../../components/list-head.module.css'

/** How many invitations there are, and their download. */
export function InvitedHead({ id, organization }: { id: string; organization: string | undefined }) {
  const api = useApi()
  const [first] = useInvites(id).data?.pages ?? []
  const create = async () => ({
    content: csvFile((await api.csv(operations.listInvites, { params: { id } })).content),
    name: fileNameOf({
      organization: organization ?? '',
      content: 'invitations',
      filters: [],
      day: first?.asOf.to,
      extension: 'csv',
    }),
  })
  return (
    <>
      <p className={list.count} role="status">
        {first !== undefined && formatCount(first.total, 'invitation')}
      </p>
      <DownloadButtons
        downloads={[{ label: 'Download CSV', create }]}
        isReady={organization !== undefined && first !== undefined}
      />
    </>
  )
}
