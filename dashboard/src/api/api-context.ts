import { createContext, use } from 'react'
import type { ApiClient } from './api-client.ts'

/** The API client of the signed-in person. */
export const ApiContext = createContext<ApiClient | undefined>(undefined)

/** The API client. Throws outside the signed-in part of the page. */
export function useApi(): ApiClient {
  const api = use(ApiContext)
  if (api === undefined) throw new Error('No API client here.')
  return api
}
