import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { operations } from '../../../shared/contracts/operations.ts'
import { useApi } from './api-context.ts'
import { dataKey } from './data-queries.ts'
import { firstPage } from './first-page.ts'
import { useMayBeRead } from './integration-queries.ts'
import { KEY_FINDING_TYPES, type KeysView } from './keys-view.ts'

const A_PAGE = '100'

/** The keys of a view, page by page. The previous list stays, with its own view, until the first page arrives. */
export function useKeys(integrationId: string, view: KeysView) {
  const api = useApi()
  return useInfiniteQuery({
    queryKey: [...dataKey(integrationId), 'keys', view],
    queryFn: async ({ pageParam, signal }) => {
      const query = { ...view, limit: A_PAGE, cursor: pageParam }
      const page = await api.call(operations.listKeys, { params: { id: integrationId }, query, signal })
      return { ...page, view }
    },
    initialPageParam: firstPage(),
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
    enabled: useMayBeRead(integrationId, 'keys'),
  })
}

/** How many keys each finding is about, and how many there are. */
export function useFindingCounts(integrationId: string) {
  const api = useApi()
  return useQuery({
    queryKey: [...dataKey(integrationId), 'keys', 'findings'],
    queryFn: async ({ signal }) => {
      const read = (finding: KeysView['finding']) =>
        api.call(operations.listKeys, { params: { id: integrationId }, query: { finding, limit: '1' }, signal })
      const [all, ...found] = await Promise.all([undefined, ...KEY_FINDING_TYPES].map(read))
      const counts = KEY_FINDING_TYPES.map((type, place) => ({ type, keys: found[place]?.total ?? 0 }))
      return { asOf: all?.asOf ?? null, total: all?.total ?? 0, counts }
    },
    enabled: useMayBeRead(integrationId, 'keys'),
  })
}
