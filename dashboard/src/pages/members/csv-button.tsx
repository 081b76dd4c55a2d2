import { useMutation } from '@tanstack/react-query'
import type { WireIntegration } from '../../../../shared/contracts/integration-contract.ts'
import { operations } from '../../../../shared/contracts/operations.ts'
import { useApi } from '../../api/api-context.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { Icon } from '../../components/icon.tsx'
import { SteadyButton } from '../../components/steady-button.tsx'
import { saveFile } from './save-file.ts'
import type { MembersView } from './members-view.ts'

/** Everybody in the view as CSV, whole. Fetched rather than linked to: a link carries no token. */
export function CsvButton({ integration, view }: { integration: WireIntegration; view: MembersView }) {
  const api = useApi()
  const download = useMutation({
    mutationFn: () => api.csv(operations.listUsers, { params: { id: integration.id }, query: view }),
    onSuccess: (csv) => saveFile(csv, `${integration.name} members.csv`),
  })
  return (
    <>
      <SteadyButton
        variant="default"
        size="xs"
        leftSection={<Icon name="download" size={15} />}
        busy={download.isPending}
        onClick={() => download.mutate()}
      >
        Download these as CSV
      </SteadyButton>
      {download.isError && <ErrorNotice error={download.error} />}
    </>
  )
}
