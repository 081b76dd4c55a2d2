import * as z from 'zod'
import { startTable } from './bench-processes.ts'
import { Child, timedSchema } from './child.ts'
import { type Figures, inTurnWarm } from './figure.ts'
import { heapLimits } from './heap-limits.ts'
import { memoryFigure } from './memory-figures.ts'

const BATCH_SIZE = 10

/** The peak memory of dispatch, above a Node process that does nothing. */
export async function dispatchMemoryFigures(integrations: number, goalMb: number): Promise<Figures> {
  const table = await startTable()
  const queue = new Child('queue-process.ts')
  const dispatch = new Child('dispatch-process.ts', heapLimits(goalMb))
  try {
    const endpoint = await queue.run('endpoint', null, z.string())
    // A separate process fills the table, so its memory is not counted.
    const seeding = new Child('dispatch-process.ts')
    await seeding.run('open', { table: table.connection, endpoint }, z.unknown())
    await seeding.run('seed', integrations, z.unknown())
    await seeding.stop()
    await dispatch.run('open', { table: table.connection, endpoint }, z.unknown())
    await dispatch.run('dispatch', null, timedSchema)
    const peakBytes = await dispatch.peakBytes()
    const what = `Memory of a dispatch of ${integrations.toLocaleString('en')} integrations`
    return { timed: [], counted: [await memoryFigure(what, goalMb, peakBytes)] }
  } finally {
    await Promise.all([table.stop(), queue.stop(), dispatch.stop()])
  }
}

/** The time of a dispatch against sending as many batches. */
export async function dispatchFigures(integrations: number, rounds: number): Promise<Figures> {
  const table = await startTable()
  const queue = new Child('queue-process.ts')
  const [ours, baseline] = [new Child('dispatch-process.ts'), new Child('dispatch-process.ts')]
  try {
    const endpoint = await queue.run('endpoint', null, z.string())
    for (const child of [ours, baseline]) await child.run('open', { table: table.connection, endpoint }, z.unknown())
    await ours.run('seed', integrations, z.unknown())
    const measured = await inTurnWarm(rounds, {
      baseline: () => baseline.run('sendBare', integrations, timedSchema),
      ours: () => ours.run('dispatch', null, timedSchema),
    })
    await queue.run('takeCallCount', null, z.int())
    await ours.run('dispatch', null, timedSchema)
    const what = `Dispatch of ${integrations.toLocaleString('en')} integrations`
    return {
      timed: [{ what, baseline: 'as many batches sent', goal: 1.3, rounds: measured }],
      counted: [
        {
          what: `${what}: requests to the queue`,
          counted: await queue.run('takeCallCount', null, z.int()),
          goal: Math.ceil(integrations / BATCH_SIZE),
          relation: 'equal',
        },
      ],
    }
  } finally {
    await Promise.all([table.stop(), queue.stop(), ours.stop(), baseline.stop()])
  }
}
