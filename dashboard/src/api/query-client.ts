import { QueryClient } from '@tanstack/react-query'
import { NoAnswerError } from './api-error.ts'

const RETRIES = 2

/** Caches the API's answers. Only transient failures are retried. */
export const queryClient = new QueryClient({
  defaultOptions: {
    // The browser's offline state does not pause requests; failing calls report it.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      refetchOnReconnect: true,
      staleTime: 15_000,
      retry: (failures, error) =>
        error instanceof NoAnswerError && (error.status === undefined || error.status >= 500) && failures < RETRIES,
    },
  },
})
