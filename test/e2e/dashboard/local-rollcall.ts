import { join } from 'node:path'
import type { Rollcall } from '../../../local/run-local.ts'
import { startRollcall } from '../../../local/run-local.ts'
import type { AccessToken } from '../../../local/settings/settings.ts'
import type { SimulatedOrganization } from '../../../local/simulated-openai/server.ts'
import { waitFor } from '../../watchdog.ts'
import type { Bench } from '../step.ts'

/** Starts Rollcall in this process, with files of its own in the step's folder; a later start finds what an earlier one left. */
export async function startLocalRollcall(
  bench: Bench,
  openai: SimulatedOrganization,
  options: {
    readonly connects: boolean
    readonly tokens?: readonly AccessToken[]
    /** Default: none. */
    readonly anthropicBaseUrl?: string
  },
): Promise<Rollcall> {
  const settings = {
    port: 0,
    dataDir: join(bench.folder, 'data'),
    encryptionKey: undefined,
    tokens: options.tokens,
    syncIntervalSeconds: undefined,
    optionalDataSets: undefined,
    adminKeys: options.connects ? { openai: openai.adminKey } : {},
    baseUrls: {
      openai: openai.baseUrl,
      ...(options.anthropicBaseUrl !== undefined && { anthropic: options.anthropicBaseUrl }),
    },
    empty: !options.connects,
  }
  const rollcall = await waitFor(
    'Rollcall to start',
    startRollcall(settings, () => undefined),
  )
  bench.onEnd(() => rollcall.close())
  return rollcall
}
