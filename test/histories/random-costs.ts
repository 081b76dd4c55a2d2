import type { Switches } from '../../local/simulated-openai/switches.ts'
import type { ModelCosts } from '../model/costs.ts'
import type { ModelFailure } from '../model/organization.ts'
import { type ModelCharge, refusalBy, reportedCosts } from '../model/reported-costs.ts'
import { dayAt, windowAt } from '../model/rules.ts'
import type { Draw } from './draw.ts'

const PROJECTS = ['proj_1', 'proj_1', 'proj_2', '__proto__', null]
const KEYS = ['key_1', 'key_2', 'key_3', null]
const LINE_ITEMS = ['gpt-5, input', 'gpt-5, output', 'gpt-5, output', 'web search', '__proto__', null]
/** People that are in no directory, and a service account. */
const STRANGERS = ['user-stranger', 'user-long-gone', 'svc_acct_abc', null]
const FORMS = ['number', 'text', 'exponent'] as const
/** Below a millionth: what rounding leaves over. */
const ROUNDING = 9_999

/** What an organization's days cost, which changes randomly, and what OpenAI refuses to say of it. */
export class RandomCosts {
  private readonly draw: Draw
  private charges: readonly ModelCharge[] = []
  private refused: Readonly<Record<string, number>> = {}
  private form: Switches['costAmountsAs'] = 'number'

  constructor(draw: Draw) {
    this.draw = draw
  }

  get all(): readonly ModelCharge[] {
    return this.charges
  }

  get switches(): Pick<Switches, 'costAmountsAs' | 'costsRefused'> {
    return { costAmountsAs: this.form, costsRefused: this.refused }
  }

  /** What a sync finds that starts at an instant. */
  found(nowMs: number): ModelCosts | ModelFailure {
    return reportedCosts(this.charges, windowAt(nowMs), this.refused)
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

  /** A random step: charges, revisions of earlier days, credits, refusals. Returns its description. */
  change(nowMs: number, userIds: readonly string[]): string {
    const { draw } = this
    const charges = draw.unless(0.3, draw.between(0, 6), draw.between(10, 30))
    for (let left = charges; left > 0; left -= 1) this.charge(nowMs, userIds)
    if (draw.chance(0.4)) this.revise()
    if (draw.chance(0.2)) this.charges = this.charges.filter(() => draw.chance(0.8))
    if (draw.chance(0.05)) this.charges = []
    if (draw.chance(0.5)) this.refused = this.someRefused()
    this.form = draw.pick(FORMS)
    const told = Object.entries(this.refused).map(([groupBy, status]) => `${groupBy || 'total'} ${status}`)
    return `costs: ${this.charges.length} charges, refused: ${told.join(', ') || 'nothing'}`
  }

  private charge(nowMs: number, userIds: readonly string[]): void {
    const { draw } = this
    const day = dayAt(nowMs, -draw.unless(0.6, draw.between(0, 3), draw.between(0, 70)))
    const charge: ModelCharge = {
      day,
      userId: draw.pick(draw.chance(0.7) && userIds.length > 0 ? userIds : STRANGERS),
      projectId: draw.pick(PROJECTS),
      apiKeyId: draw.pick(KEYS),
      lineItem: draw.pick(LINE_ITEMS),
      currency: draw.unless(0.05, 'usd', 'eur'),
      units: this.units(),
      isOnlyInTotal: draw.chance(0.1),
    }
    this.charges = [...this.charges, charge]
    // A credit that takes everything back.
    if (draw.chance(0.05)) this.charges = [...this.charges, { ...charge, units: -charge.units }]
  }

  /** All charges of some days change, as when OpenAI corrects them later. */
  private revise(): void {
    const { draw } = this
    const days = new Set(draw.some([...new Set(this.charges.map(({ day }) => day))], 0.3))
    this.charges = this.charges.map((charge) => (days.has(charge.day) ? { ...charge, units: this.units() } : charge))
  }

  private units(): bigint {
    const { draw } = this
    const units = draw.unless(0.2, draw.between(1, 10 ** 12), draw.between(1, ROUNDING))
    return BigInt(draw.unless(0.15, units, -units))
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
