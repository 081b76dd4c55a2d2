import * as z from 'zod'
import { everyItem } from '../api/stored-items.ts'
import { allUsers } from '../model/users.ts'
import { printsAnswer, userPrintsAnswer } from '../model/prints-answers.ts'
import { type Compared, compareRead, rangeWithin, same } from './compared.ts'

const dayItem = z.object({ day: z.string(), userId: z.string().nullable(), rows: z.array(z.looseObject({})) })
const userItem = z.object({ userId: z.string(), removedAt: z.string().nullable() })

/**
 * Compares every answer about prints with the model's: in their groupings, and somebody's days. Then all items of the record, of
 * people, usage of all kinds and prints. Returns the number of compared answers.
 */
export async function comparePrints(compared: Compared): Promise<number> {
  const { api, model, draw } = compared
  const nowMs = api.clock.now.getTime()
  for (const groupBy of ['day', 'printer', 'user'] as const) {
    const range = draw.chance(0.5) ? {} : rangeWithin(model.published?.prints ?? null, draw)
    const path = `/prints?${new URLSearchParams({ groupBy, ...range }).toString()}`
    await compareRead(compared, path, printsAnswer(model, nowMs, groupBy, range))
  }
  const users = allUsers(model)
  if (users.length > 0) {
    const { id } = draw.pick(users)
    await compareRead(compared, `/users/${encodeURIComponent(id)}/prints`, userPrintsAnswer(model, nowMs, id))
  }
  await compareRecord(compared)
  return users.length > 0 ? 4 : 3
}

/** Items that nothing published explains would stay for ever, so every item of the integration counts, of whatever day. */
async function compareRecord({ api, id, model: { published } }: Compared): Promise<void> {
  const found: Record<string, unknown[]> = { USERS: [], USAGE: [], OTHER_USAGE: [], PRINTS: [] }
  for await (const item of everyItem(api.table)) {
    const [kind = '', integrationId] = String(item['pk']).split('#')
    if (integrationId === id) found[kind]?.push(...entriesOf(kind, item))
  }
  const people = published?.people.map((person) => ({ userId: person.id, removedAt: person.removedAt }))
  const others = published?.others?.rows.map(({ requests, model, ...row }) => ({
    ...row,
    // An item has an empty text for none.
    model: model ?? '',
    otherRequests: requests,
  }))
  const expected = { USERS: people, USAGE: published?.usage, OTHER_USAGE: others, PRINTS: published?.prints?.rows }
  for (const [kind, entries] of Object.entries(expected)) {
    same(`items of ${kind}`, inOneOrder(found[kind]), inOneOrder(entries))
  }
}

function entriesOf(kind: string, item: unknown): object[] {
  if (kind === 'USERS') return [userItem.parse(item)]
  const { day, userId, rows } = dayItem.parse(item)
  return rows.map((row) => ({ day, userId, ...row }))
}

/** Entries as JSON, with their fields in one order too. */
function inOneOrder(entries: readonly unknown[] = []): string[] {
  const fieldsOf = (entry: unknown) => Object.entries(entry ?? {}).map(([name, value]) => `${name}: ${String(value)}`)
  return entries.map((entry) => fieldsOf(entry).toSorted().join()).toSorted()
}
