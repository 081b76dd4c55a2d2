import type { Integration } from '../shared/integrations/integration.ts'
import { providerOf } from '../shared/providers/find-provider.ts'
import { organizationOpener, type OpenOrganization } from '../shared/providers/open-organization.ts'
import type { FirstConnection } from './connect-at-start.ts'
import type { RunOptions } from './settings/run-options.ts'
import type { Settings } from './settings/settings.ts'
import { startSimulatedOrganization } from './simulated-openai/server.ts'

/** The provider whose organization is simulated on this machine. No other file of this folder names it. */
export const SIMULATED = { provider: 'openai', start: startSimulatedOrganization }

export type SimulatedOrganization = Awaited<ReturnType<typeof SIMULATED.start>>

/** Functions that close what was opened, in the order of opening. */
export type Opened = (() => Promise<void>)[]

/** The simulated organization, if it is connected or about to be. It is the same at every start. */
export async function simulatedFor(
  { empty, adminKeys, baseUrls }: Settings,
  stored: readonly Integration[],
  { simulatedMembers, now }: RunOptions,
  opened: Opened,
): Promise<SimulatedOrganization | undefined> {
  const visible = stored.filter((integration) => integration.lifecycle === 'visible')
  const isElsewhere = Object.keys({ ...adminKeys, ...baseUrls }).length > 0
  const isWanted = visible.length === 0 && !empty && !isElsewhere
  if (!isWanted && !visible.some((integration) => integration.simulated)) return undefined
  const simulated = await SIMULATED.start({ members: simulatedMembers, now })
  opened.push(() => simulated.close())
  return simulated
}

/** Opens organizations at their providers, and the simulated one on this machine. */
export function openOrganizationAt(
  baseUrls: Settings['baseUrls'],
  simulatedBaseUrl: string | undefined,
  { now, sleep, timeout }: RunOptions,
): OpenOrganization {
  const options = { now, ...(sleep !== undefined && { sleep }), ...(timeout !== undefined && { timeout }) }
  const open = organizationOpener(baseUrls, options)
  const openSimulated =
    simulatedBaseUrl === undefined ? open : organizationOpener({ [SIMULATED.provider]: simulatedBaseUrl }, options)
  return (access) => (access.simulated ? openSimulated : open)(access)
}

/** What to connect at the first start: the organizations whose keys are set, otherwise the simulated one. */
export function firstConnections({ empty, adminKeys }: Settings, simulatedKey: string | undefined): FirstConnection[] {
  if (empty) return []
  const named = Object.entries(adminKeys).map(([id, adminKey]) => ({
    provider: id,
    name: providerOf(id).name,
    adminKey,
  }))
  if (named.length > 0 || simulatedKey === undefined) return named
  return [{ provider: SIMULATED.provider, name: 'Simulated organization', adminKey: simulatedKey }]
}
