import { allUsers } from '../model/users.ts'
import { printsAnswer, userPrintsAnswer } from '../model/prints-answers.ts'
import { type Compared, compareRead, rangeWithin } from './compared.ts'

/**
 * Compares every answer about prints with the model's: in their groupings, and somebody's days. Returns the number of compared
 * answers.
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
  return users.length > 0 ? 4 : 3
}
