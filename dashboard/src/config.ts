import { type DashboardConfig, dashboardConfigSchema } from '../../shared/contracts/dashboard-config.ts'

/**
 * Reads `/config.json`, which the document preloads. The request options must match the preload link, or it is fetched
 * twice. The server makes browsers revalidate it each time. Throws when it is missing or invalid.
 */
export async function loadConfig(): Promise<DashboardConfig> {
  const response = await fetch('/config.json')
  if (!response.ok) throw new Error(`/config.json answered ${response.status}.`)
  return dashboardConfigSchema.parse(await response.json())
}

export const CONFIG_QUERY = { queryKey: ['config'], queryFn: loadConfig, staleTime: Infinity } as const
