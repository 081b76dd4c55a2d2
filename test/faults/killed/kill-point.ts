import fsPromises from 'node:fs/promises'
import { flushCompileCache, syncBuiltinESMExports } from 'node:module'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { itemsOf } from '../../api/stored-items.ts'
import { tableThrough } from '../../fakes/faulty-client.ts'
import { movedClock } from '../../moved-clock.ts'
import { Table } from '../../../shared/storage/table-access.ts'
import { kindOf } from './kind-of-write.ts'
import { CLOCK_OFFSET, type Kind, type KillPlan, type Told, toldSchema, type ToldAnswer } from './kill-plan.ts'
import { recordOf } from './record-of.ts'

// Loaded before the product's own entry file, which stays as it is: the process kills itself, with the signal that
// nothing can catch, at an exact event instead of at some millisecond.

const TABLE_NAME = 'rollcall'
/** Of a request under way: some turns of the event loop, so that the table, in this process, is in the middle of it. */
const TURNS_AT_MOST = 6

const events = new Map<Kind, number>()
let plan: KillPlan | undefined
/** Its end is certain, and a few turns of the event loop away at most. */
let isDying = false
let table: Table | undefined

function die(): void {
  process.kill(process.pid, 'SIGKILL')
}

function dieInSomeTurns(turns: number): void {
  if (turns === 0) die()
  else setImmediate(() => dieInSomeTurns(turns - 1))
}

/** Does something that may be what the process dies of. */
async function live<Result>(kinds: readonly Kind[], act: () => Promise<Result>): Promise<Result> {
  for (const kind of kinds) events.set(kind, (events.get(kind) ?? 0) + 1)
  const isIt = plan !== undefined && kinds.includes(plan.kind) && events.get(plan.kind) === plan.nth
  if (!isIt || plan === undefined) return act()
  isDying = true
  if (plan.moment === 'before') die()
  const acting = act()
  if (plan.moment === 'during') dieInSomeTurns(plan.nth % TURNS_AT_MOST)
  const result = await acting
  die()
  return result
}

/** The clock that the test has set: no day may end while it compares. */
globalThis.Date = movedClock(Date, Number(process.env[CLOCK_OFFSET] ?? 0))

const from = DynamoDBDocumentClient.from.bind(DynamoDBDocumentClient)
Object.defineProperty(DynamoDBDocumentClient, 'from', {
  value: (...args: Parameters<typeof from>) => {
    table = new Table({ client: from(...args), tableName: TABLE_NAME })
    return tableThrough(table, ({ name, input }, forward) => {
      const kind = kindOf(name, input)
      if (kind === undefined) return forward()
      return live(kind === 'storing' ? ['storing'] : [kind, 'storing'], forward)
    }).client
  },
})

const fetchReally = globalThis.fetch
globalThis.fetch = (input, init) => {
  const address = input instanceof Request ? input.url : String(input)
  return plan?.request !== undefined && new RegExp(plan.request).test(address)
    ? live(['reading'], () => fetchReally(input, init))
    : fetchReally(input, init)
}

const { rename, rm } = fsPromises
fsPromises.rename = (...args) => live(['storing'], () => rename(...args))
fsPromises.rm = (...args) => live(['storing'], () => rm(...args))
syncBuiltinESMExports()

async function obey(told: Told): Promise<ToldAnswer> {
  // Otherwise the test could take it for a survivor.
  if (isDying) return new Promise(() => undefined)
  if (told.say === 'items' || told.say === 'record') {
    if (table === undefined) throw new Error('The product has not opened its table yet.')
    if (told.say === 'items') return { say: 'items', keys: await itemsOf(table, told.integrationId) }
    return { say: 'record', record: await recordOf(table, told.integrationId, told.window) }
  }
  plan = told.say === 'die' ? told.plan : undefined
  events.clear()
  return { say: 'heard' }
}

process.on('message', (message) => {
  // A killed process could not do so when it ends.
  flushCompileCache()
  void obey(toldSchema.parse(message)).then((answer) => process.send?.(answer))
})
// The channel alone must not keep the product from ending.
process.channel?.unref()
