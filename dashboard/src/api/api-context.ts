import { createContext, use } from 'react'
import type { ApiClient } from './api-client.ts'

/** The API client of whoever is signed in. */
export const ApiContext = createContext<ApiClient | undefined>(undefined)

/** The API client. Throws outside of the signed-in part of the page. */
export function useApi(): ApiClient {
  const api = use(ApiContext)
  if (api === undefined) throw new Error('No API client here.')
  return api
}
