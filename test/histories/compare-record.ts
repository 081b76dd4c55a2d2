import * as z from 'zod'
import { everyItem } from '../api/stored-items.ts'
import { storedCosts } from '../model/stored-costs.ts'
import { type Compared, same } from './compared.ts'

const dayItem = z.object({ day: z.string(), userId: z.string().nullable(), rows: z.array(z.looseObject({})) })
const userItem = z.object({ userId: z.string(), removedAt: z.string().nullable() })

/**
 * Compares all items of the record with what is published: of people, usage of all kinds, costs, and prints. Items that nothing
 * published explains would stay for ever, so every item of the integration counts, of whatever day.
 */
export async function compareRecord({ api, id, model: { published } }: Compared): Promise<void> {
  const found: Record<string, unknown[]> = { USERS: [], USAGE: [], OTHER_USAGE: [], COSTS: [], PRINTS: [] }
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
  // Of costs, the record has those by user.
  const costs = published?.costs && storedCosts(published.costs).filter(({ report }) => report === 'user')
  const expected = {
    USERS: people,
    USAGE: published?.usage,
    OTHER_USAGE: others,
    COSTS: costs?.map(({ units, ...row }) => ({ ...row, subject: '', lineItem: '', cost: units })),
    PRINTS: published?.prints?.rows,
  }
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
