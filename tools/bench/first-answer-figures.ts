import * as z from 'zod'
import {
  ApiProcess,
  startTable,
  SyncBaselineProcess,
  type Synced,
  type SyncOptions,
  SyncProcess,
} from './bench-processes.ts'
import type { Timed } from './child.ts'
import { type Figures, inTurn, inTurnWarm } from './figure.ts'
import { DISTANCE_MS, INTEGRATION_ID } from './measured-company.ts'
import { SdkScriptProcess } from './sdk-script.ts'
import { firstSync, type Stage } from './stage.ts'

const LIST = `/v1/integrations/${INTEGRATION_ID}/users`
const SCRIPT = 'a plain script: OpenAI’s SDK into SQLite'

const listSchema = z.object({ items: z.array(z.unknown()) })

/**
 * How long a user waits for the first answer about a new organization, beside fetching its pages alone, and beside a plain
 * script that has no more than it needs. Each first sync and each first run of the script has a new process and an empty table.
 */
export async function firstAnswerFigures(
  stage: Stage,
  rounds: { readonly first: number; readonly quiet: number },
): Promise<Figures> {
  const size = `${stage.members.toLocaleString('en')} members`
  await stage.organization.setDelay(DISTANCE_MS)
  const distant = await inTurn(rounds.first, { baseline: () => fetchAlone(stage), ours: () => firstAnswer(stage) })
  await stage.organization.setDelay(0)
  const answers = await inTurn(rounds.first, { baseline: () => firstScript(stage), ours: () => firstAnswer(stage) })
  const firsts = await inTurn(rounds.first, { baseline: () => firstScript(stage), ours: () => wholeFirstSync(stage) })
  const quiet = await quietRounds(stage, rounds.quiet)
  return {
    timed: [
      {
        what: `First answer of a first sync, ${size}, OpenAI ${DISTANCE_MS} ms away`,
        baseline: 'fetch and parse, as far away',
        goal: 1.5,
        rounds: distant,
      },
      {
        what: `First answer of a first sync, ${size}, OpenAI beside it`,
        baseline: SCRIPT,
        goal: null,
        rounds: answers,
      },
      { what: `First sync with its record, ${size}`, baseline: SCRIPT, goal: null, rounds: firsts },
      { what: `Sync with nothing new, ${size}`, baseline: `${SCRIPT}, again`, goal: 1, rounds: quiet },
    ],
    counted: [],
  }
}

async function fetchAlone(stage: Stage): Promise<Timed> {
  const baseline = new SyncBaselineProcess()
  try {
    await baseline.plan(stage.organization, stage.first.asked)
    return await baseline.fetch()
  } finally {
    await baseline.stop()
  }
}

/** From the claim until the data is published, and then until the list of users is answered, while the record is written. */
export async function firstAnswer({ organization, members }: Stage, options: SyncOptions = {}): Promise<Timed> {
  const table = await startTable()
  const [sync, api] = [new SyncProcess(), new ApiProcess()]
  const itemsListed = async () => listSchema.parse(JSON.parse((await api.answer(LIST)).text)).items.length
  try {
    await sync.open(organization, table.connection, options)
    await sync.connect()
    await api.open(table.connection)
    // As the page does that waits for the data.
    if ((await itemsListed()) > 0) throw new Error('The list is not empty before the first sync.')
    const published = await sync.publish()
    const answered = await api.call(LIST, 1)
    if ((await itemsListed()) !== Math.min(members, 50)) throw new Error('The list was not published.')
    return { ms: published.ms + answered.ms, cpuMs: published.cpuMs + answered.cpuMs }
  } finally {
    await sync.stop()
    await api.stop()
    await table.stop()
  }
}

/** Into an empty table, in a new process. */
export async function wholeFirstSync({ organization }: Stage, options: SyncOptions = {}): Promise<Synced> {
  const table = await startTable()
  try {
    return (await firstSync(organization, table.connection, options)).first
  } finally {
    await table.stop()
  }
}

async function firstScript(stage: Stage): Promise<Timed> {
  const script = new SdkScriptProcess()
  try {
    await script.open(stage.organization)
    const time = await script.sync()
    const { people, rows } = await script.stored()
    const { read } = stage.first
    if (people !== read.users || rows !== read.usageRows)
      throw new Error(`The script stored ${people} people and ${rows} rows.`)
    return time
  } finally {
    await script.stop()
  }
}

async function quietRounds(stage: Stage, rounds: number) {
  const [script, sync] = [new SdkScriptProcess(), new SyncProcess()]
  try {
    await script.open(stage.organization)
    await script.sync()
    await sync.open(stage.organization, stage.table)
    return await inTurnWarm(rounds, { baseline: () => script.sync(), ours: () => sync.sync() })
  } finally {
    await script.stop()
    await sync.stop()
  }
}
