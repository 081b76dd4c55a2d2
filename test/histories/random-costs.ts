import type { Switches } from '../../local/simulated-openai/switches.ts'
import type { ModelCosts } from '../model/costs.ts'
import type { ModelFailure } from '../model/organization.ts'
import { type ModelCharge, refusalBy, reportedCosts } from '../model/reported-costs.ts'
import { windowAt } from '../model/rules.ts'
import type { Draw } from './draw.ts'
import { RandomCharges } from './random-charges.ts'

const FORMS = ['number', 'text', 'exponent'] as const

/** What OpenAI says of an organization's costs, and what it refuses to say. */
export class RandomCosts {
  private readonly draw: Draw
  private readonly charges: RandomCharges
  private refused: Readonly<Record<string, number>> = {}
  private form: Switches['costAmountsAs'] = 'number'

  constructor(draw: Draw) {
    this.draw = draw
    this.charges = new RandomCharges(draw, 'openai')
  }

  get all(): readonly ModelCharge[] {
    return this.charges.all
  }

  get switches(): Pick<Switches, 'costAmountsAs' | 'costsRefused'> {
    return { costAmountsAs: this.form, costsRefused: this.refused }
  }

  /** What a sync finds that starts at an instant. */
  found(nowMs: number): ModelCosts | ModelFailure {
    return reportedCosts(this.all, windowAt(nowMs), this.refused)
  }

  /** The same of an organization that costs nothing. */
  foundOfNone(nowMs: number): ModelCosts | ModelFailure {
    return reportedCosts([], windowAt(nowMs), this.refused)
  }

  /** What a key check says. */
  get problemOfKey(): Readonly<Record<string, string>> {
    const status = this.refused['']
    return status === undefined ? {} : { costs: refusalBy(status) }
  }

  /** A random step of the charges, and refusals. Returns its description. */
  change(nowMs: number, userIds: readonly string[]): string {
    const { draw } = this
    this.charges.change(nowMs, userIds)
    if (draw.chance(0.5)) this.refused = this.someRefused()
    this.form = draw.pick(FORMS)
    const told = Object.entries(this.refused).map(([groupBy, status]) => `${groupBy || 'total'} ${status}`)
    return `costs: ${this.all.length} charges, refused: ${told.join(', ') || 'nothing'}`
  }

  /** Most often nothing, else some reports, or the total. An answer of 500 fails them all. */
  private someRefused(): Record<string, number> {
    const { draw } = this
    if (draw.chance(0.5)) return {}
    if (draw.chance(0.3)) return { [draw.pick(['', 'user_id', 'api_key_id'])]: 500 }
    if (draw.chance(0.3)) return { '': draw.pick([403, 404]) }
    const groups = draw.some(['user_id', 'project_id,line_item', 'api_key_id'], 0.5)
    return Object.fromEntries(groups.map((groupBy) => [groupBy, draw.pick([400, 403, 404])]))
  }
}
