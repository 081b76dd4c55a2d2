import { useQuery } from '@tanstack/react-query'
import { operations } from '../../../shared/contracts/operations.ts'
import { useApi } from './api-context.ts'

/** The signed-in person and their role. */
export function useMe() {
  const api = useApi()
  return useQuery({
    queryKey: ['me'],
    queryFn: ({ signal }) => api.call(operations.getMe, { signal }),
    staleTime: Infinity,
  })
}

/** True for admins. Only they see controls that write. False while unknown. */
export function useMayWrite(): boolean {
  return useMe().data?.role === 'admin'
}

/** True for reviewers and admins, who may accept findings. False while unknown. */
export function useMayReview(): boolean {
  const role = useMe().data?.role
  return role === 'reviewer' || role === 'admin'
}
