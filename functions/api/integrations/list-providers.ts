import type { WireProvider } from '../../../shared/contracts/provider-contract.ts'
import { PROVIDERS } from '../../../shared/providers/registry.ts'

/** All providers, in the order in which forms offer them. */
export function listProviders(): WireProvider[] {
  return PROVIDERS.map(({ id, name, membersUrl, unmeasuredProduct, key, dataSets }) => ({
    id,
    name,
    membersUrl,
    unmeasuredProduct,
    key: { label: key.label, prefix: key.prefix, steps: [...key.steps], whoCanCreate: key.whoCanCreate },
    dataSets: dataSets.map(({ id: dataSet, required, permission, gives }) => ({
      id: dataSet,
      required,
      permission,
      gives,
    })),
  }))
}
