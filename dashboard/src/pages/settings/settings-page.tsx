import type { WireIntegration } from '../../../../shared/contracts/integration-contract.ts'
import { useMayWrite } from '../../api/me-query.ts'
import { useAnchor } from '../../layout/use-anchor.ts'
import { useTitle } from '../../layout/use-title.ts'
import { AuditCard } from './audit-card.tsx'
import { DisconnectCard } from './disconnect-card.tsx'
import { KeyCard } from './key-card.tsx'
import { SettingsFacts } from './settings-facts.tsx'
import { SettingsForm } from './settings-form.tsx'
import { SyncsCard } from './syncs-card.tsx'

/** The history of an integration, and what can be changed about it. Viewers see facts where admins see forms. */
export default function SettingsPage({ integration }: { integration: WireIntegration }) {
  useTitle(`Syncs and settings · ${integration.name}`)
  useAnchor()
  const mayWrite = useMayWrite()
  return (
    <>
      <SyncsCard integration={integration} mayWrite={mayWrite} />
      {!mayWrite && <SettingsFacts integration={integration} />}
      {mayWrite && (
        <>
          <SettingsForm key={integration.id} integration={integration} />
          <KeyCard integration={integration} />
          <AuditCard integration={integration} />
          <DisconnectCard integration={integration} />
        </>
      )}
    </>
  )
}
