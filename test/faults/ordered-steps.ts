import { setImmediate as nextTurn } from 'node:timers/promises'
import { tableThrough } from '../fakes/faulty-client.ts'
import type { Table } from '../../shared/storage/table-access.ts'

interface Step {
  readonly name: string
  readonly act: () => Promise<void>
}

/** One of several processes whose requests to the table happen one at a time, when a test lets them. All that it waits for must be such. */
export class SteppedProcess<Result> {
  readonly table: Table
  private waiting: readonly Step[] = []
  private isHeld = true
  private ended: Promise<Result> | undefined
  private hasEnded = false

  constructor(table: Table) {
    this.table = tableThrough(table, ({ name }, forward) => (this.isHeld ? this.hold(name, forward) : forward()))
  }

  start(act: () => Promise<Result>): void {
    this.ended = act().finally(() => {
      this.hasEnded = true
    })
    this.ended.catch(() => undefined)
  }

  /** Lets requests through until the next one has this name. */
  async runUntil(name: string): Promise<void> {
    while ((await this.next())?.name !== name) {
      if (!(await this.step())) throw new Error(`It never sent a ${name}.`)
    }
  }

  /** Lets one request through. False when it has ended. */
  async step(): Promise<boolean> {
    const step = await this.next()
    if (step === undefined) return false
    this.waiting = this.waiting.slice(1)
    await step.act()
    return true
  }

  /** The same for so many requests. False when it ended before the last one. */
  async steps(count: number): Promise<boolean> {
    for (let done = 0; done < count; done += 1) if (!(await this.step())) return false
    return true
  }

  /** Lets all other requests through, and gives the result. */
  async run(): Promise<Result> {
    while (await this.step());
    this.isHeld = false
    if (this.ended === undefined) throw new Error('It was never started.')
    return this.ended
  }

  /** By the next turn of the event loop, all that follows from the last step has happened. */
  private async next(): Promise<Step | undefined> {
    await nextTurn()
    if (this.waiting.length === 0 && !this.hasEnded) throw new Error('It waits for something that is no request.')
    return this.waiting[0]
  }

  private hold(name: string, forward: () => Promise<unknown>): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    this.waiting = [...this.waiting, { name, act: () => forward().then(resolve, reject) }]
    return promise
  }
}
