import { SyncProcess } from './bench-processes.ts'
import type { Timed } from './child.ts'
import { type Figures, inTurnWarm } from './figure.ts'
import type { Stage } from './stage.ts'

/** Whether a member costs more time in a large organization than in a small one, whose time is the baseline. */
export async function growthFigures(small: Stage, large: Stage, rounds: number): Promise<Figures> {
  const [smallSync, largeSync] = [new SyncProcess(), new SyncProcess()]
  try {
    await smallSync.open(small.organization, small.table)
    await largeSync.open(large.organization, large.table)
    const quiet = await inTurnWarm(rounds, {
      baseline: async () => aMember(await smallSync.sync(), small),
      ours: async () => aMember(await largeSync.sync(), large),
    })
    const what = `${small.members.toLocaleString('en')} → ${large.members.toLocaleString('en')} members, time a member`
    const baseline = 'a member’s time in the small one'
    const first = [{ baseline: aMember(small.first, small), ours: aMember(large.first, large) }]
    return {
      timed: [
        { what: `Growth ${what}: first sync`, baseline, goal: 1.3, rounds: first },
        { what: `Growth ${what}: sync with nothing new`, baseline, goal: 1.3, rounds: quiet },
      ],
      counted: [],
    }
  } finally {
    await smallSync.stop()
    await largeSync.stop()
  }
}

function aMember({ ms, cpuMs }: Timed, { members }: Stage): Timed {
  return { ms: ms / members, cpuMs: cpuMs / members }
}
