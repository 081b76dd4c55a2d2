import { useQuery } from '@tanstack/react-query'
import { operations } from '../../../shared/contracts/operations.ts'
import { useApi } from './api-context.ts'

/** Who is signed in, and their role. */
export function useMe() {
  const api = useApi()
  return useQuery({
    queryKey: ['me'],
    queryFn: ({ signal }) => api.call(operations.getMe, { signal }),
    staleTime: Infinity,
  })
}

/** True for an admin: only they see controls that write. False until it is known. */
export function useMayWrite(): boolean {
  return useMe().data?.role === 'admin'
}
