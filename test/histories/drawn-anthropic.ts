import type { ModelFinding } from '../model/model.ts'
import { readAnthropic } from '../model/read-anthropic.ts'
import { windowAt } from '../model/rules.ts'
import { addedCost, partsOf } from './anthropic-attribution.ts'
import type { Draw } from './draw.ts'
import type { DrawnOrganization, KeyName } from './drawn-organization.ts'
import { type Served, type ServedOptions, serve } from './organization-bench.ts'
import { RandomAnthropicLists } from './random-anthropic-lists.ts'
import { RandomCharges } from './random-charges.ts'
import { RandomOrganization } from './random-organization.ts'
import { RandomRefusals } from './random-refusals.ts'
import { type SimulatedAnthropic, startAnthropic } from './shown-organization.ts'

/** An organization at Anthropic, which the model reads from its pages. */
export async function startDrawnAnthropic(
  draw: Draw,
  size: number,
  options: ServedOptions,
): Promise<DrawnOrganization> {
  return new DrawnAnthropic(draw, size, await serve('anthropic', startAnthropic, options), options.clock.now.getTime())
}

class DrawnAnthropic implements DrawnOrganization {
  readonly served: Served<SimulatedAnthropic>
  readonly identifiesKeys = true
  private readonly own: RandomOrganization
  private readonly other: RandomOrganization
  private readonly charges: RandomCharges
  private readonly lists: RandomAnthropicLists
  private readonly refusals: RandomRefusals

  constructor(draw: Draw, size: number, served: Served<SimulatedAnthropic>, nowMs: number) {
    this.served = served
    this.own = new RandomOrganization(draw, { provider: 'anthropic', prefix: 'user', size, nowMs })
    this.other = new RandomOrganization(draw, { provider: 'anthropic', prefix: 'other', size: 3, nowMs })
    this.charges = new RandomCharges(draw, 'anthropic')
    this.lists = new RandomAnthropicLists(draw)
    this.refusals = new RandomRefusals(draw)
  }

  get userIds(): readonly string[] {
    return this.own.userIds
  }

  get problems(): Readonly<Record<string, string>> {
    return this.refusals.problems
  }

  change(nowMs: number): string {
    return this.own.change(nowMs)
  }

  prepare(nowMs: number): string {
    const { own, other, charges, lists, refusals, served } = this
    const { company } = served.simulated
    charges.change(nowMs, own.userIds)
    lists.change(nowMs, own.userIds)
    const told = refusals.change()
    served.show({ people: own.people, usage: own.usage.flatMap((row) => partsOf(row)), otherUsage: own.otherUsage })
    served.showOther(other)
    company.replaceAddedCosts(charges.all.map((charge) => addedCost(charge)))
    company.replaceKeys(lists.keys)
    company.replaceInvites(lists.invites)
    return `${charges.all.length} charges, ${lists.keys.length} keys, ${lists.invites.length} invitations, ${told}`
  }

  refuse(): void {
    this.served.simulated.set(this.refusals.switches)
  }

  async find(key: KeyName, now: Date): Promise<ModelFinding> {
    const { baseUrl, keys } = this.served.simulated
    const { people } = key === 'otherOrganization' ? this.other : this.own
    const { usage } = this.problems
    if (usage !== undefined) return { failure: usage, dataSets: { usage }, others: { people, usage: [] } }
    return readAnthropic({ baseUrl, key: keys[key] }, windowAt(now.getTime()), now)
  }
}
