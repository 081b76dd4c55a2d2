import * as z from 'zod'
import { ApiBaselineProcess, ApiProcess } from './bench-processes.ts'
import { type Figures, inTurn, inTurnWarm } from './figure.ts'
import { INTEGRATION_ID } from './measured-company.ts'
import type { Stage } from './stage.ts'

const CALLS_A_ROUND = 20
/** Calls before measuring, so Node has compiled the hot code of both sides. */
const CALLS_BEFORE = 300
const ORGANIZATION = `/v1/integrations/${INTEGRATION_ID}`
const LIST = `${ORGANIZATION}/users?license=in_use&sort=-requests&limit=50`

/** Everybody with an `e`. Each call has another filter, so cached results of one do not help the next. */
const NEW_EACH_TIME = 'q=e&excludeRole=nobody-{n}'

const listSchema = z.object({ items: z.array(z.object({ id: z.string() })), nextCursor: z.string().nullable() })

/** Times of answers whose snapshot is in memory. */
export async function warmApiFigures(stage: Stage, rounds: number): Promise<Figures> {
  const baseline = new ApiBaselineProcess()
  const api = new ApiProcess()
  try {
    await baseline.open(stage.table)
    await api.open(stage.table)
    const first = listSchema.parse(JSON.parse((await api.answer(LIST)).text))
    const userId = first.items[0]?.id ?? ''
    const size = `of ${stage.members.toLocaleString('en')}`
    const calls = [
      { what: `List ${size}: filtered, sorted, second page`, target: `${LIST}&cursor=${first.nextCursor ?? ''}` },
      { what: `List ${size}: filtered as never before, sorted, first page`, target: `${LIST}&${NEW_EACH_TIME}` },
      { what: `One member’s usage, ${size}`, target: `${ORGANIZATION}/users/${userId}/usage` },
      { what: `Usage by day, ${size}`, target: `${ORGANIZATION}/usage?groupBy=day` },
    ]
    const timed = []
    const counted = []
    for (const { what, target } of calls) {
      const { table, text } = await api.answer(target)
      const body: unknown = JSON.parse(text)
      counted.push({ what: `${what}: reads of the table`, counted: table.reads, goal: 1, relation: 'equal' } as const)
      await baseline.call(INTEGRATION_ID, { times: CALLS_BEFORE, body })
      await api.call(target, CALLS_BEFORE)
      const measured = await inTurn(rounds, {
        baseline: () => baseline.call(INTEGRATION_ID, { times: CALLS_A_ROUND, body }),
        ours: () => api.call(target, CALLS_A_ROUND),
      })
      timed.push({ what, baseline: 'one item read, the same answer written as JSON', goal: 1.5, rounds: measured })
    }
    return { timed, counted }
  } finally {
    await baseline.stop()
    await api.stop()
  }
}

/** Times of first answers, which read a snapshot: in a warm process, and in a new one. */
export async function coldApiFigures(stage: Stage, rounds: number): Promise<Figures> {
  const baseline = new ApiBaselineProcess()
  const api = new ApiProcess()
  try {
    await baseline.open(stage.table)
    await api.open(stage.table)
    const afterNewSync = await inTurnWarm(rounds, {
      baseline: () => baseline.decode(INTEGRATION_ID),
      ours: async () => {
        await api.forget()
        return api.call(LIST, 1)
      },
    })
    const afterColdStart = await inTurn(rounds, { baseline: () => newBaseline(stage), ours: () => newApi(stage) })
    await api.forget()
    const { table } = await api.answer(LIST)
    const size = `of ${stage.members.toLocaleString('en')}`
    const what = 'the same items read, decompressed and parsed'
    return {
      timed: [
        { what: `First list ${size} after a new sync`, baseline: what, goal: 1.5, rounds: afterNewSync },
        { what: `First list ${size} after a cold start`, baseline: what, goal: 1.5, rounds: afterColdStart },
      ],
      counted: [
        {
          what: `First list ${size}: reads of the table`,
          counted: table.reads,
          goal: stage.first.parts - stage.first.summaryParts + 1,
          relation: 'equal',
        },
      ],
    }
  } finally {
    await baseline.stop()
    await api.stop()
  }
}

async function newBaseline(stage: Stage) {
  const baseline = new ApiBaselineProcess()
  await baseline.open(stage.table)
  const time = await baseline.decode(INTEGRATION_ID)
  await baseline.stop()
  return time
}

async function newApi(stage: Stage) {
  const api = new ApiProcess()
  await api.open(stage.table)
  const time = await api.call(LIST, 1)
  await api.stop()
  return time
}
