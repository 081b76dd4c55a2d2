import type { WireIntegration } from '../../../../shared/contracts/integration-contract.ts'
export default function MembersPage({ integration }: { integration: WireIntegration }) {
  return integration.id
}
