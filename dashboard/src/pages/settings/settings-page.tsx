import type { WireIntegration } from '../../../../shared/contracts/integration-contract.ts'
export default function SettingsPage({ integration }: { integration: WireIntegration }) {
  return integration.id
}
