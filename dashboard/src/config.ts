import { type DashboardConfig, dashboardConfigSchema } from '../../shared/contracts/dashboard-config.ts'

/** Reads `/config.json`. Throws when it is missing or not as it must be. */
export async function loadConfig(): Promise<DashboardConfig> {
  const response = await fetch('/config.json', { cache: 'no-cache' })
  if (!response.ok) throw new Error(`/config.json answered ${response.status}.`)
  return dashboardConfigSchema.parse(await response.json())
}
