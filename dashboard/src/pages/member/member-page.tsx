import type { WireIntegration } from '../../../../shared/contracts/integration-contract.ts'
export default function MemberPage({ integration, userId }: { integration: WireIntegration; userId: string }) {
  return integration.id + userId
}
