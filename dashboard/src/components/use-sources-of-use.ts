import { useLicenses } from '../api/data-queries.ts'
import { useIntegration } from '../api/integration-queries.ts'
import { useProviderOf } from '../api/provider-queries.ts'
import { sourcesOfUse, type SourcesOfUse } from './sources-of-use.ts'

/** From where it is known whether the people of an organization use the API. Undefined while unknown. */
export function useSourcesOfUse(integrationId: string): SourcesOfUse | undefined {
  const integration = useIntegration(integrationId).data
  const licenses = useLicenses(integrationId).data
  const provider = useProviderOf(integrationId)
  if (integration === undefined || licenses === undefined || licenses.asOf === null) return undefined
  return sourcesOfUse(licenses.sources, integration.dataSets, provider)
}
