import type { WireIntegration } from '../../../shared/contracts/integration-contract.ts'
import { isSyncing } from '../api/integration-queries.ts'
import { Badge } from './badge.tsx'

/** The state of an integration. The simulated organization is marked as such. */
export function StateBadges({ integration }: { integration: WireIntegration }) {
  return (
    <>
      {integration.state === 'connected' && integration.problem === null && <Badge kind="good">Connected</Badge>}
      {integration.state === 'connected' && integration.problem !== null && <Badge kind="warn">Attention</Badge>}
      {integration.state === 'action_required' && <Badge kind="bad">Action required</Badge>}
      {isSyncing(integration) && <Badge kind="info">Syncing</Badge>}
      {integration.simulated && <Badge kind="plain">Simulated</Badge>}
    </>
  )
}
