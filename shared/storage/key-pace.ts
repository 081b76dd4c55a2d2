import { setTimeout as sleep } from 'node:timers/promises'

/**
 * A tenth less than the 1,000 write units a second that DynamoDB gives one partition key, since requests do not arrive as evenly
 * as they are sent. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
 */
const UNITS_PER_SECOND = 900

const BYTES_PER_UNIT = 1_024

/** The write units of an item. A deletion takes those of the deleted item. */
export function writeUnits(itemBytes: number): number {
  return Math.max(1, Math.ceil(itemBytes / BYTES_PER_UNIT))
}

/** Spaces the writes under each partition key evenly, by their units. Writes under different keys do not wait for each other. */
export class KeyPace {
  private readonly freeAtMs = new Map<string, number>()
  private readonly msPerUnit: number
  private readonly pause: (ms: number) => Promise<unknown>
  private readonly nowMs: () => number

  constructor({ unitsPerSecond = UNITS_PER_SECOND, pause = sleep, nowMs = () => performance.now() }: PaceOptions = {}) {
    this.msPerUnit = 1_000 / unitsPerSecond
    this.pause = pause
    this.nowMs = nowMs
  }

  /** Waits until a write under the key may be sent. The first one is sent at once. */
  async wait(pk: string, units: number): Promise<void> {
    const nowMs = this.nowMs()
    const startMs = Math.max(nowMs, this.freeAtMs.get(pk) ?? nowMs)
    this.freeAtMs.set(pk, startMs + units * this.msPerUnit)
    if (startMs > nowMs) await this.pause(startMs - nowMs)
  }
}

interface PaceOptions {
  readonly unitsPerSecond?: number
  /** Waits for so many milliseconds. */
  readonly pause?: (ms: number) => Promise<unknown>
  readonly nowMs?: () => number
}
