import type { Switches } from '../../local/simulated-anthropic/switches.ts'
import type { Draw } from './draw.ts'

const FORMS = ['decimal', 'long', 'exponent', 'number'] as const
const CODES: ReadonlyMap<number, string> = new Map([
  [403, 'insufficient_permissions'],
  [500, 'provider_unreachable'],
])
/** Optional data sets by the endpoint that refuses them. */
const DATA_SETS = { cost: 'costs', api_keys: 'keys', invites: 'invites' } as const

/** What Anthropic refuses to say of an organization, and how it says the rest. */
export class RandomRefusals {
  switches: Partial<Switches> = {}
  private readonly draw: Draw

  constructor(draw: Draw) {
    this.draw = draw
  }

  /** Why data sets cannot be read, by their ids. Parts of the costs are not checked with a key. */
  get problems(): Readonly<Record<string, string>> {
    const { refused = {}, analyticsRefused = null } = this.switches
    const code = 'data_set_unavailable'
    const ofAnalytics = analyticsRefused === null ? {} : { usage: code, other_usage: code, costs: code }
    const others = Object.entries(DATA_SETS).flatMap(([path, dataSet]) => {
      const status = refused[path]
      return status === undefined ? [] : [[dataSet, CODES.get(status) ?? code]]
    })
    return { ...Object.fromEntries(others), ...ofAnalytics }
  }

  /** A random step. Returns its description. */
  change(): string {
    const { draw } = this
    if (draw.chance(0.6)) {
      this.switches = {
        refused: this.someRefused(),
        costPartsRefused: draw.unless(0.1, null, draw.pick([400, 403, 404])),
        analyticsRefused: draw.unless(0.05, null, draw.pick(['hipaa_readiness', 'not_enrolled', 'not_found'])),
        ...this.someHabits(),
      }
    }
    return `switches: ${JSON.stringify(this.switches)}`
  }

  private someRefused(): Record<string, number> {
    const { draw } = this
    if (draw.chance(0.5)) return {}
    const lists = draw.some(['api_keys', 'invites', 'workspaces'], 0.4).map((path) => [path, draw.pick([403, 404])])
    const failing = draw.some(['api_keys', 'invites', 'cost'], 0.1).map((path) => [path, 500])
    const costs = draw.chance(0.3) ? [['cost', draw.pick([400, 403, 404])]] : []
    return Object.fromEntries([...lists, ...costs, ...failing])
  }

  private someHabits(): Partial<Switches> {
    const { draw } = this
    return {
      organizationKind: draw.pick(['console', 'enterprise']),
      costAmountsAs: draw.pick(FORMS),
      costCredits: draw.chance(0.2),
      costFees: draw.chance(0.2),
      secondCurrency: draw.unless(0.1, null, 'EUR'),
      rowsWithoutActor: draw.unless(0.1, 0, 0.4),
      unknownProducts: draw.chance(0.1),
      keysWithoutOwner: draw.chance(0.1),
      keysWithoutHint: draw.chance(0.1),
      deletedInvitesListed: draw.chance(0.3),
      refreshUnknown: draw.chance(0.2),
      numbersAsStrings: draw.chance(0.1),
      unknownFields: draw.chance(0.1),
    }
  }
}
