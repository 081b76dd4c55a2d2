import { readInvites, readKeys } from '../model/read-lists.ts'
import type { Draw } from './draw.ts'
import type { DrawnOrganization, KeyName } from './drawn-organization.ts'
import { type ServedOptions, serve } from './organization-bench.ts'
import { RandomCosts } from './random-costs.ts'
import { RandomOrganization } from './random-organization.ts'
import { startOpenAi } from './shown-organization.ts'

/** An organization at OpenAI. What it shows is known; the lists of keys and invitations are its simulation's own, and are read. */
export async function startDrawnOpenAi(draw: Draw, size: number, options: ServedOptions): Promise<DrawnOrganization> {
  const served = await serve('openai', startOpenAi, options)
  const { simulated } = served
  const nowMs = options.clock.now.getTime()
  const own = new RandomOrganization(draw, { provider: 'openai', prefix: 'user', size, nowMs })
  const other = new RandomOrganization(draw, { provider: 'openai', prefix: 'other', size: 3, nowMs })
  const costs = new RandomCosts(draw)
  return {
    served,
    identifiesKeys: false,
    get userIds() {
      return own.userIds
    },
    get problems() {
      return costs.problemOfKey
    },
    change: (ms) => own.change(ms),
    prepare: (ms) => {
      const told = costs.change(ms, own.userIds)
      served.show(own)
      served.showOther(other)
      simulated.company.replaceCosts(costs.all)
      simulated.otherCompany.replaceCosts([])
      return told
    },
    refuse: () => simulated.set({ kindsRefused: own.missingKinds, ...costs.switches }),
    find: async (key: KeyName, now) => {
      const access = { baseUrl: simulated.baseUrl, key: simulated.keys[key] }
      const { people, usage, otherUsage } = key === 'otherOrganization' ? other : own
      return {
        people,
        usage,
        otherUsage,
        missingKinds: own.missingKinds,
        costs: key === 'otherOrganization' ? costs.foundOfNone(now.getTime()) : costs.found(now.getTime()),
        keys: await readKeys(access),
        invites: await readInvites(access),
      }
    },
  }
}
