import { parse } from 'csv-parse/sync'
import { costsAnswer, focusCharges, userCostsAnswer } from '../model/costs-answers.ts'
import { costsWindow } from '../model/costs.ts'
import { dayAfter, daysOf, type ModelWindow } from '../model/rules.ts'
import { allUsers } from '../model/users.ts'
import { type Compared, compareRead, same } from './compared.ts'

const GROUPINGS = ['day', 'user', 'project', 'lineItem', 'key'] as const

/**
 * Compares costs with the model's: by each grouping, somebody's days, and the FOCUS file. Everybody's `cost` is part of the lists
 * of users, and everybody's days are items of the record. Returns the number of compared answers.
 */
export async function compareCosts(compared: Compared): Promise<number> {
  const { api, model, draw } = compared
  const nowMs = api.clock.now.getTime()
  for (const groupBy of GROUPINGS) {
    const range = draw.chance(0.5) ? {} : someDays(compared)
    const path = `/costs?${new URLSearchParams({ groupBy, ...range }).toString()}`
    await compareRead(compared, path, costsAnswer(model, nowMs, groupBy, range))
  }
  const users = allUsers(model)
  if (users.length > 0) {
    const { id } = draw.pick(users)
    await compareRead(compared, `/users/${encodeURIComponent(id)}/costs`, userCostsAnswer(model, nowMs, id))
  }
  if (model.published?.costs != null) await compareFocus(compared)
  return GROUPINGS.length + 2
}

/** Each charge of the file, in whatever order. */
async function compareFocus(compared: Compared): Promise<void> {
  const { api, id, model } = compared
  const range = someDays(compared)
  const path = `/costs?${new URLSearchParams({ format: 'focus', ...range }).toString()}`
  const { text } = await api.request('GET', `/integrations/${id}${path}`)
  const rows: Record<string, string>[] = parse(text, { columns: true })
  const told = rows.map((row) =>
    [
      row['ChargePeriodStart']?.slice(0, 10),
      row['SubAccountId'],
      row['ChargeDescription'],
      row['BillingCurrency'],
      row['BilledCost'],
    ].join(),
  )
  same(
    path,
    told.toSorted(),
    focusCharges(model, range)
      .map((charge) => charge.join())
      .toSorted(),
  )
}

/** Some days of the last reading of costs, which can be more than the window. */
function someDays({ model, draw }: Compared): ModelWindow | Record<string, never> {
  const costs = model.published?.costs ?? null
  if (costs === null) return {}
  const { from, to } = costsWindow(costs.window)
  const last = daysOf({ from, to }).length - 1
  const first = draw.between(0, last)
  return { from: dayAfter(from, first), to: dayAfter(from, draw.between(first, last)) }
}
