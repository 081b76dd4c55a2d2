import { Skeleton } from '@mantine/core'
import type { WireIntegration } from '../../../../shared/contracts/integration-contract.ts'
import { useAuditEvents, useSyncs } from '../../api/history-queries.ts'
import { useMe } from '../../api/me-query.ts'
import { useProvider, useProviders } from '../../api/provider-queries.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { useAnchor } from '../../layout/use-anchor.ts'
import type { IntegrationPageProps } from '../../layout/integration-frame.tsx'
import { useTitle } from '../../layout/use-title.ts'
import { AuditCard } from './audit-card.tsx'
import { DisconnectCard } from './disconnect-card.tsx'
import { KeyCard } from './key-card.tsx'
import { SettingsFacts } from './settings-facts.tsx'
import { SettingsForm } from './settings-form.tsx'
import { SyncsCard } from './syncs-card.tsx'

/**
 * The history of an integration and its settings. Viewers see facts, admins see forms. Content below a history waits
 * for it, because its length is unknown and controls must not move under the pointer.
 */
export default function SettingsPage({ id, integration }: IntegrationPageProps) {
  useTitle(integration === undefined ? 'Syncs and settings' : `Syncs and settings · ${integration.name}`)
  const me = useMe()
  const syncs = useSyncs(id, integration)
  const mayWrite = me.data?.role === 'admin'
  if (me.isPending || syncs.isPending || integration === undefined) return <Skeleton height={600} radius={10} />
  return (
    <>
      <SyncsCard integration={integration} syncs={syncs} mayWrite={mayWrite} />
      {mayWrite ? <AdminCards integration={integration} /> : <SettingsFacts integration={integration} />}
    </>
  )
}

function AdminCards({ integration }: { integration: WireIntegration }) {
  useAnchor()
  const audit = useAuditEvents(integration.id)
  const providers = useProviders()
  const provider = useProvider(integration.provider)
  if (providers.isError) return <ErrorNotice error={providers.error} retry={() => void providers.refetch()} />
  if (provider === undefined) return <Skeleton height={600} radius={10} />
  return (
    <>
      <SettingsForm key={integration.id} integration={integration} />
      <KeyCard integration={integration} provider={provider} />
      <AuditCard integration={integration} />
      {!audit.isPending && <DisconnectCard integration={integration} provider={provider} />}
    </>
  )
}
