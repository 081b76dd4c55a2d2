import * as z from 'zod'
import { startTable } from './bench-processes.ts'
import { Child, timedSchema } from './child.ts'
import { type Figures, inTurnWarm } from './figure.ts'

const BATCH_SIZE = 10

/** What dispatch takes beside sending as many batches. */
export async function dispatchFigures(integrations: number, rounds: number): Promise<Figures> {
  const table = await startTable()
  const queue = new Child('queue-process.ts')
  const [ours, floor] = [new Child('dispatch-process.ts'), new Child('dispatch-process.ts')]
  try {
    const endpoint = await queue.call('endpoint', null, z.string())
    for (const child of [ours, floor]) await child.call('open', { table: table.connection, endpoint }, z.unknown())
    await ours.call('seed', integrations, z.unknown())
    const measured = await inTurnWarm(rounds, {
      floor: () => floor.call('sendBare', integrations, timedSchema),
      ours: () => ours.call('dispatch', null, timedSchema),
    })
    await queue.call('takeCallCount', null, z.int())
    await ours.call('dispatch', null, timedSchema)
    const what = `Dispatch of ${integrations.toLocaleString('en')} integrations`
    return {
      timed: [{ what, floor: 'as many batches sent', goal: 1.3, rounds: measured }],
      counted: [
        {
          what: `${what}: requests to the queue`,
          counted: await queue.call('takeCallCount', null, z.int()),
          goal: Math.ceil(integrations / BATCH_SIZE),
          relation: 'equal',
        },
      ],
    }
  } finally {
    await Promise.all([table.stop(), queue.stop(), ours.stop(), floor.stop()])
  }
}
