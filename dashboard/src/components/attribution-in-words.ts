import type { WireCosts } from '../../../shared/contracts/costs-contract.ts'
import type { WireProvider } from '../../../shared/contracts/provider-contract.ts'
import { providerName, useProviderOf } from '../api/provider-queries.ts'
import { refusalInWords, type RefusedReport, useRefusedReport } from './refused-report.tsx'

type Attribution = WireCosts['attribution']

/** Whose word it is which people caused an integration's costs. Empty while the answer is loading. */
export function useAttributionInWords(integrationId: string, attribution: Attribution | undefined): string {
  const provider = useProviderOf(integrationId)
  const refused = useRefusedReport(integrationId, 'user')
  return attribution === undefined ? '' : attributionInWords(attribution, provider, refused)
}

/** Empty where nobody caused costs. `refused` is the report by user. */
export function attributionInWords(
  attribution: Attribution,
  provider: WireProvider | undefined,
  refused: RefusedReport | undefined,
): string {
  if (attribution === 'provider') return `Attributed to people by ${providerName(provider)}.`
  if (attribution === 'key_owner') {
    const since = refused === undefined ? '' : `, since ${refusalInWords(refused)}`
    return `Attributed to people by the owners of keys${since}.`
  }
  if (refused === undefined) return ''
  return `Which people caused costs is not known: no owners of keys are known, and ${refusalInWords(refused)}.`
}
