import type { ModelFailure, ModelPrint, ModelPrints } from '../model/organization.ts'
import { dayAt } from '../model/rules.ts'
import type { Draw } from './draw.ts'

const PRINTERS = ['P1', 'P2', '__proto__']
const FAILURES = [
  'provider_unreachable',
  'provider_rate_limited',
  'timed_out',
  'unexpected_reply',
  'insufficient_permissions',
  'insufficient_permissions',
  'data_set_unavailable',
  'data_set_unavailable',
  'internal_error',
]

/** An optional series of an organization, which changes, fails, recovers, and is switched off and on. */
export class RandomPrints {
  /** False while it is switched off. */
  isOn = true
  /** What a reader finds until the next change. */
  found: ModelPrints | ModelFailure = { rows: [], daysLeftOut: [] }
  private rows: ModelPrint[] = []
  private readonly draw: Draw

  constructor(draw: Draw) {
    this.draw = draw
  }

  /** What happens before the next sync. Returns its description. */
  change(nowMs: number, userIds: readonly string[]): string {
    const { draw } = this
    if (draw.chance(0.6)) this.print(nowMs, userIds)
    if (draw.chance(0.3)) this.rows = this.rows.filter(() => draw.chance(0.8))
    this.isOn = draw.unless(this.isOn ? 0.08 : 0.5, this.isOn, !this.isOn)
    this.found = this.meet(nowMs)
    const met = 'failure' in this.found ? this.found.failure : `without ${this.found.daysLeftOut.join() || 'trouble'}`
    return this.isOn ? `prints: ${met}` : 'prints are switched off'
  }

  /** What a key check says of what is switched on. An error of Rollcall's own only happens while it reads. */
  get problemOfKey(): Readonly<Record<string, string>> {
    const { isOn, found } = this
    return isOn && 'failure' in found && found.failure !== 'internal_error' ? { prints: found.failure } : {}
  }

  private meet(nowMs: number): ModelPrints | ModelFailure {
    const { draw, rows } = this
    if (draw.chance(0.3)) return { failure: draw.pick(FAILURES) }
    if (draw.chance(0.8)) return { rows, daysLeftOut: [] }
    const known = rows.map((row) => row.day)
    const day = known.length > 0 && draw.chance(0.7) ? draw.pick(known) : dayAt(nowMs, -draw.between(0, 59))
    return { rows: rows.filter((row) => row.day !== day), daysLeftOut: [day] }
  }

  private print(nowMs: number, userIds: readonly string[]): void {
    const { draw } = this
    for (let prints = draw.between(1, 5); prints > 0; prints -= 1) {
      const day = dayAt(nowMs, -draw.unless(0.5, draw.between(0, 3), draw.between(0, 70)))
      const userId = draw.pick([...userIds, 'user-stranger', null])
      const printer = draw.pick(PRINTERS)
      const isOther = (row: ModelPrint) => row.day !== day || row.userId !== userId || row.printer !== printer
      this.rows = [...this.rows.filter(isOther), { day, userId, printer, pages: draw.between(1, 30) }]
    }
  }
}
