import { ApiProcess, startTable, SyncProcess } from './bench-processes.ts'
import { Child } from './child.ts'
import { allFigures, type CountFigure, type Figures } from './figure.ts'
import { heapLimits, heapOnLambda } from './heap-limits.ts'
import { INTEGRATION_ID } from './measured-company.ts'
import { firstSync, reviseYesterday, type Stage } from './stage.ts'

const BYTES_PER_MB = 1_024 * 1_024
const USERS = `/v1/integrations/${INTEGRATION_ID}/users`
const LISTS = [USERS, `${USERS}?sort=-requests&limit=1000`, `/v1/integrations/${INTEGRATION_ID}/usage?groupBy=user`]

/** The memory that infra/ gives to the sync and api functions. */
export const FUNCTION_MB = 1_024

/**
 * The peak memory of each function, each in a new process, above a Node process that does nothing. Measured with a
 * small heap, which shows the need, and with the heap that Lambda allows.
 */
export async function memoryFigures(stage: Stage, goalMb: number): Promise<Figures> {
  const needed = await peakFigures(stage, goalMb, { nodeOptions: heapLimits(goalMb), heap: '' })
  const heap = `, the heap of a function of ${FUNCTION_MB} MB`
  const taken = await peakFigures(stage, goalMb, { nodeOptions: heapOnLambda(FUNCTION_MB), heap })
  return allFigures([needed, taken])
}

async function peakFigures(
  stage: Stage,
  goalMb: number,
  { nodeOptions, heap }: { nodeOptions: readonly string[]; heap: string },
): Promise<Figures> {
  const at = `Memory at ${stage.members.toLocaleString('en')} members${heap}`
  return {
    timed: [],
    counted: [
      await memoryFigure(`${at}: the first sync`, goalMb, await peakOfFirstSync(stage, nodeOptions)),
      await memoryFigure(`${at}: a sync with nothing new`, goalMb, await peakOfSync(stage, nodeOptions)),
      await memoryFigure(`${at}: a sync after one day changed`, goalMb, await peakOfChangedSync(stage, nodeOptions)),
      await memoryFigure(`${at}: the api, three kinds of answers`, goalMb, await peakOfApi(stage, nodeOptions)),
    ],
  }
}

/** The difference between a peak and that of an idle process, both in bytes. */
export async function memoryFigure(what: string, goalMb: number, peakBytes: number): Promise<CountFigure> {
  const idle = new Child('idle-process.ts')
  const idleBytes = await idle.peakBytes()
  await idle.stop()
  const counted = Math.round((peakBytes - idleBytes) / BYTES_PER_MB)
  return { what, counted, goal: goalMb, relation: 'at most', unit: 'MB above idle' }
}

async function peakOfFirstSync({ organization, sendsRecord }: Stage, nodeOptions: readonly string[]): Promise<number> {
  const table = await startTable()
  const { peakBytes } = await firstSync(organization, table.connection, { sendsRecord, nodeOptions })
  await table.stop()
  return peakBytes
}

async function peakOfSync(stage: Stage, nodeOptions: readonly string[]): Promise<number> {
  const sync = new SyncProcess(nodeOptions)
  await sync.open(stage.organization, stage.table, stage)
  await sync.sync()
  const bytes = await sync.peakBytes()
  await sync.stop()
  return bytes
}

async function peakOfChangedSync(stage: Stage, nodeOptions: readonly string[]): Promise<number> {
  await reviseYesterday(stage)
  return peakOfSync(stage, nodeOptions)
}

async function peakOfApi(stage: Stage, nodeOptions: readonly string[]): Promise<number> {
  const api = new ApiProcess(nodeOptions)
  await api.open(stage.table)
  for (const target of LISTS) await api.answerBrowser(target)
  const bytes = await api.peakBytes()
  await api.stop()
  return bytes
}
