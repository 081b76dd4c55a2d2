import type { ReviewPopulation } from '../domain/review.ts'
import { dataSetState, type Integration } from '../integrations/integration.ts'
import { dataSetsOf, evidenceOfUseFor } from './population.ts'
import type { Review } from './review.ts'

/**
 * The data sets of an integration that a review of this population needs and that are not whole and current. `stale`: two schedules of it
 * were missed. `partly_read`: some parts are older or missing, such as projects whose keys could not be read.
 */
export function incompleteDataSets(
  integration: Integration,
  population: ReviewPopulation,
  isStale: (dataSet: string) => boolean,
): Review['incomplete'][number][] {
  const wasRead = (dataSet: string) => integration.published?.dataSets[dataSet] !== undefined
  const dataSets = [...dataSetsOf(population), ...evidenceOfUseFor(population).filter(wasRead)]
  return dataSets.flatMap((dataSet) => {
    const state = shortfallOf(integration, dataSet, isStale)
    return state === null ? [] : [{ integrationId: integration.id, dataSet, state }]
  })
}

function shortfallOf(integration: Integration, dataSet: string, isStale: (dataSet: string) => boolean): string | null {
  const state = dataSetState(integration, dataSet)
  if (state !== 'current') return state
  if (isStale(dataSet)) return 'stale'
  return integration.published?.dataSets[dataSet]?.unread === undefined ? null : 'partly_read'
}
