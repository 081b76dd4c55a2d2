import type { WireCosts } from '../../../shared/contracts/costs-contract.ts'
import type { WireProvider } from '../../../shared/contracts/provider-contract.ts'
import { providerName } from '../api/provider-queries.ts'

/** Whose word it is which people caused costs. */
export function attributionInWords(attribution: WireCosts['attribution'], provider: WireProvider | undefined): string {
  switch (attribution) {
    case 'provider':
      return `Attributed to people by ${providerName(provider)}.`
    case 'key_owner':
      return 'Attributed to people by the owners of keys, since the provider does not report costs by user.'
    case null:
      return 'Which people caused costs is not known: the provider does not report costs by user, and no owners of keys were read.'
  }
}
