import { QueryClient } from '@tanstack/react-query'
import { NoAnswerError } from './api-error.ts'

const RETRIES = 2

/** Keeps what the API answered. Only answers that may be better next time are asked for again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    // The browser's word on being offline holds nothing back: a call that fails says so.
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
