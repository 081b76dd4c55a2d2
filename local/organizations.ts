import type { Integration } from '../shared/integrations/integration.ts'
import { providerOf } from '../shared/providers/find-provider.ts'
import { organizationOpener, type OpenOrganization } from '../shared/providers/open-organization.ts'
import { PROVIDERS } from '../shared/providers/registry.ts'
import type { FirstConnection } from './connect-at-start.ts'
import type { RunOptions } from './settings/run-options.ts'
import type { Settings } from './settings/settings.ts'
import { startSimulatedOrganization as startAtAnthropic } from './simulated-anthropic/server.ts'
import { addRemarkable } from './simulated-openai/remarkable.ts'
import { startSimulatedOrganization as startAtOpenAi } from './simulated-openai/server.ts'

interface SimulatedOptions {
  /** The size of the company. */
  readonly members: number
  readonly port?: number
  readonly now?: () => Date
}

/** A simulated organization, as any client sees it. */
interface Simulated {
  readonly baseUrl: string
  readonly adminKey: string
  /** All keys that it knows, by their kind. */
  readonly keys: object
  close(): Promise<void>
}

/**
 * The simulated organizations by provider, all of one company: half as many people are at Anthropic, and most of them are at
 * OpenAI too. At OpenAI there is also what should be looked at. No other file of this folder names a provider.
 */
const SIMULATIONS: Readonly<Record<string, (options: SimulatedOptions) => Promise<Simulated>>> = {
  openai: async (options) => {
    const organization = await startAtOpenAi(options)
    addRemarkable(organization.company, (options.now ?? (() => new Date()))())
    return organization
  },
  anthropic: ({ members, ...options }) =>
    startAtAnthropic({ ...options, members: Math.ceil(members / 2), inCommon: { share: 0.6, members } }),
}

/** The providers whose organizations can be simulated on this machine, in the order of forms. */
export const SIMULATED_PROVIDERS: readonly string[] = PROVIDERS.map(({ id }) => id).filter((id) => id in SIMULATIONS)

export interface SimulatedOrganization extends Simulated {
  /** The provider's id. */
  readonly provider: string
}

/** Starts a provider's simulated organization. */
export async function startSimulated(provider: string, options: SimulatedOptions): Promise<SimulatedOrganization> {
  const start = SIMULATIONS[provider]
  if (start === undefined) throw new Error(`No organization of ${provider} can be simulated.`)
  return { ...(await start(options)), provider }
}

/** Functions that close what was opened, in the order of opening. */
export type Opened = (() => Promise<void>)[]

/** The simulated organizations that are connected or about to be. They are the same at every start. */
export async function simulatedFor(
  { empty, adminKeys, baseUrls }: Settings,
  stored: readonly Integration[],
  { simulatedMembers: members, now }: RunOptions,
  opened: Opened,
): Promise<SimulatedOrganization[]> {
  const visible = stored.filter((integration) => integration.lifecycle === 'visible')
  const isElsewhere = Object.keys({ ...adminKeys, ...baseUrls }).length > 0
  const areWanted = visible.length === 0 && !empty && !isElsewhere
  const isConnected = (id: string) => visible.some(({ simulated, provider }) => simulated && provider === id)
  const started: SimulatedOrganization[] = []
  for (const provider of SIMULATED_PROVIDERS.filter((id) => areWanted || isConnected(id))) {
    const organization = await startSimulated(provider, { members, now })
    opened.push(() => organization.close())
    started.push(organization)
  }
  return started
}

/** Opens organizations at their providers, and the simulated ones on this machine. */
export function openOrganizationAt(
  baseUrls: Settings['baseUrls'],
  simulated: readonly SimulatedOrganization[],
  { now, sleep, timeout }: RunOptions,
): OpenOrganization {
  const options = { now, ...(sleep !== undefined && { sleep }), ...(timeout !== undefined && { timeout }) }
  const open = organizationOpener(baseUrls, options)
  const simulatedBaseUrls = Object.fromEntries(simulated.map(({ provider, baseUrl }) => [provider, baseUrl]))
  const openSimulated = organizationOpener({ ...baseUrls, ...simulatedBaseUrls }, options)
  return (access) => (access.simulated ? openSimulated : open)(access)
}

/** What to connect at the first start: the organizations whose keys are set, otherwise the simulated ones. */
export function firstConnections(
  { empty, adminKeys }: Settings,
  simulated: readonly SimulatedOrganization[],
): FirstConnection[] {
  if (empty) return []
  const named = Object.entries(adminKeys).map(([id, adminKey]) => ({
    provider: id,
    name: providerOf(id).name,
    adminKey,
  }))
  if (named.length > 0) return named
  return simulated.map(({ provider, adminKey }) => ({
    provider,
    name: `Simulated organization at ${providerOf(provider).name}`,
    adminKey,
  }))
}
