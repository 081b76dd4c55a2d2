import type { Model } from '../model/model.ts'
import type { ModelCharge } from '../model/reported-costs.ts'
import { dayAt } from '../model/rules.ts'
import type { Draw } from './draw.ts'
import { DRAWN_AT, type DrawnAt } from './drawn-at.ts'

const LINE_ITEMS = ['gpt-5, input', 'gpt-5, output', 'gpt-5, output', 'web search', '__proto__', null]
/** Below a millionth: what rounding leaves over. */
const ROUNDING = 9_999

/** What an organization's days cost, which changes randomly. */
export class RandomCharges {
  all: readonly ModelCharge[] = []
  private readonly draw: Draw
  private readonly drawnAt: DrawnAt

  constructor(draw: Draw, provider: Model['provider']) {
    this.draw = draw
    this.drawnAt = DRAWN_AT[provider]
  }

  /** A random step: charges, revisions of earlier days, credits. */
  change(nowMs: number, userIds: readonly string[]): void {
    const { draw } = this
    const charges = draw.unless(0.3, draw.between(0, 6), draw.between(10, 30))
    for (let left = charges; left > 0; left -= 1) this.charge(nowMs, userIds)
    if (draw.chance(0.4)) this.revise()
    if (draw.chance(0.2)) this.all = this.all.filter(() => draw.chance(0.8))
    if (draw.chance(0.05)) this.all = []
  }

  private charge(nowMs: number, userIds: readonly string[]): void {
    const { draw, drawnAt } = this
    const day = dayAt(nowMs, -draw.unless(0.6, draw.between(0, 3), draw.between(0, 70)))
    const charge: ModelCharge = {
      day,
      userId: draw.pick(draw.chance(0.7) && userIds.length > 0 ? userIds : [...drawnAt.strangers, null]),
      projectId: draw.pick(drawnAt.projects),
      apiKeyId: draw.pick(drawnAt.keys),
      lineItem: draw.pick(LINE_ITEMS),
      currency: draw.unless(0.05, 'usd', 'eur'),
      units: this.units(),
      isOnlyInTotal: draw.chance(0.1),
    }
    this.all = [...this.all, charge]
    // A credit that takes everything back.
    if (draw.chance(0.05)) this.all = [...this.all, { ...charge, units: -charge.units }]
  }

  /** All charges of some days change, as when the provider corrects them later. */
  private revise(): void {
    const { draw } = this
    const days = new Set(draw.some([...new Set(this.all.map(({ day }) => day))], 0.3))
    this.all = this.all.map((charge) => (days.has(charge.day) ? { ...charge, units: this.units() } : charge))
  }

  private units(): bigint {
    const { draw } = this
    const units = draw.unless(0.2, draw.between(1, 10 ** 12), draw.between(1, ROUNDING))
    return BigInt(draw.unless(0.15, units, -units))
  }
}
