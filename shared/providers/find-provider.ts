import type { Provider, ProviderDataSet } from './provider.ts'
import { PROVIDERS } from './registry.ts'

export const PROVIDER_IDS: readonly string[] = PROVIDERS.map(({ id }) => id)

/** The data sets that can be switched off, of all providers. */
export const OPTIONAL_DATA_SETS: readonly string[] = [
  ...new Set(PROVIDERS.flatMap(({ dataSets }) => dataSets.filter(({ required }) => !required).map(({ id }) => id))),
]

/** Those that are read unless the configuration says otherwise. */
export const DEFAULT_DATA_SETS: readonly string[] = OPTIONAL_DATA_SETS.filter((id) =>
  PROVIDERS.some(({ dataSets }) => dataSets.some((each) => each.id === id && each.isOffByDefault !== true)),
)

/** The data sets of a provider that are read: the required ones, and the optional ones that are switched on. */
export function dataSetsRead({ dataSets }: Provider, switchedOn: readonly string[]): ProviderDataSet[] {
  return dataSets.filter(({ id, required }) => required || switchedOn.includes(id))
}

/** The key prefixes of all providers, longest first. */
export const KEY_PREFIXES: readonly string[] = PROVIDERS.flatMap((provider) => prefixesOf(provider)).toSorted(
  (left, right) => right.length - left.length,
)

/** The provider with an id. Throws for an unknown id: ids come from validated requests and from the table. */
export function providerOf(id: string): Provider {
  const found = PROVIDERS.find((provider) => provider.id === id)
  if (found === undefined) throw new Error(`There is no provider ${JSON.stringify(id)}.`)
  return found
}

/** True for a data set without which an organization of the provider is not read. */
export function isRequired(providerId: string, dataSet: string): boolean {
  return providerOf(providerId).dataSets.some(({ id, required }) => id === dataSet && required)
}

/** The provider whose key a text looks like, by the longest matching prefix. */
export function providerOfKey(text: string): Provider | undefined {
  const prefix = KEY_PREFIXES.find((each) => text.startsWith(each))
  return prefix === undefined ? undefined : PROVIDERS.find((provider) => prefixesOf(provider).includes(prefix))
}

function prefixesOf({ key }: Provider): readonly string[] {
  return [key.prefix, ...key.otherPrefixes]
}
