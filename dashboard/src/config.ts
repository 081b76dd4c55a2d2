import { type DashboardConfig, dashboardConfigSchema } from '../../shared/contracts/dashboard-config.ts'

/**
 * Reads `/config.json`, which the document preloads: an option here that its link lacks would fetch it twice. The server
 * says that it must be asked for each time. Throws when it is missing or not as it must be.
 */
export async function loadConfig(): Promise<DashboardConfig> {
  const response = await fetch('/config.json')
  if (!response.ok) throw new Error(`/config.json answered ${response.status}.`)
  return dashboardConfigSchema.parse(await response.json())
}

export const CONFIG_QUERY = { queryKey: ['config'], queryFn: loadConfig, staleTime: Infinity } as const
