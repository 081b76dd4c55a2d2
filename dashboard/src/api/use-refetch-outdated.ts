import { useIsFetching, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'

export interface OutdatedOptions {
  /** The prefix of the keys of the queries to refetch. */
  readonly queryKey: readonly unknown[]
  /** The version that the queries' data should have. Undefined while unknown. */
  readonly version: string | undefined
  /** True when the data of the query with a key is older than the version. */
  readonly isOutdated: (data: unknown, queryKey: readonly unknown[]) => boolean
}

/**
 * Refetches queries whose data is outdated, at most once for each version. Data and version are requested in parallel,
 * so either may be newer; running requests are awaited before the comparison.
 */
export function useRefetchOutdated({ queryKey, version, isOutdated }: OutdatedOptions): void {
  const client = useQueryClient()
  const isFetching = useIsFetching({ queryKey }) > 0
  const refetchedFor = useRef<string>(undefined)
  useEffect(() => {
    if (version === undefined || isFetching || refetchedFor.current === version) return
    const queries = client.getQueryCache().findAll({ queryKey })
    const hasOutdated = queries.some(
      ({ state, queryKey: key }) => state.data !== undefined && !state.isInvalidated && isOutdated(state.data, key),
    )
    if (!hasOutdated) return
    refetchedFor.current = version
    void client.invalidateQueries({ queryKey })
  })
}
