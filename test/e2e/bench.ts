import { coldApiFigures, warmApiFigures } from '../../tools/bench/api-figures.ts'
import { dispatchFigures } from '../../tools/bench/dispatch-figures.ts'
import { allFigures, isCountMet } from '../../tools/bench/figure.ts'
import { lineOf } from '../../tools/bench/report.ts'
import { openStage } from '../../tools/bench/stage.ts'
import { syncFigures } from '../../tools/bench/sync-figures.ts'
import { expect, type Step } from './step.ts'

const MEMBERS = 240
const INTEGRATIONS = 120

/** The bench on a small organization: what is counted must be met; times, which the machine's neighbours spoil, are not asked. */
export const benchStep: Step = {
  name: 'bench',
  shows: 'requests, writes and items of syncs, answers and dispatch stay within their bounds',
  run: async ({ say, onEnd }) => {
    const stage = await openStage(MEMBERS)
    onEnd(() => stage.close())
    const { counted } = allFigures([
      await warmApiFigures(stage, 1),
      await coldApiFigures(stage, 1),
      await syncFigures(stage, { first: 1, quiet: 1, distant: 1 }),
      await dispatchFigures(INTEGRATIONS, 1),
    ])
    for (const figure of counted) say(lineOf(figure))
    const missed = counted.filter((figure) => !isCountMet(figure))
    expect(missed.length === 0, `Out of bounds: ${missed.map((figure) => lineOf(figure)).join('; ')}`)
  },
}
