import { Company } from '../../local/simulated-openai/company.ts'
import { addDays, dayOf, type Day } from '../../shared/domain/day.ts'

const MODELS = ['gpt-5-2026-08-07', 'gpt-5-mini-2026-08-07']
/** How many of the people are active on a day. */
export const ACTIVE_SHARE = 0.3
/** How many days up to `MEASURED_AT` have usage, and are read. */
export const WINDOW_DAYS = 60
/** How long a distant organization takes for a page: less than OpenAI does. */
export const DISTANCE_MS = 100

export const INTEGRATION_ID = '01KBENCH000000000000000000'

/** The time of all measurements. It is noon, so no measurement crosses midnight. */
export const MEASURED_AT = new Date('2026-11-24T12:00:00.000Z')

/**
 * Fills a company with so many people. 30 % of them are active on each of the 60 days up to `MEASURED_AT`, with two
 * models each. The same number always gives the same people and figures. Returns everybody's ids.
 */
export function fillCompany(company: Company, members: number): string[] {
  const people = new Company({ seed: 'bench', members: Math.ceil(members * 1.2) + 10 }).usersAt(MEASURED_AT)
  const chosen = people.slice(0, members)
  if (chosen.length !== members) throw new Error(`The company has ${chosen.length} people, not ${members}.`)
  for (const person of chosen) company.add(person)
  const ids = chosen.map(({ id }) => id)
  const today = dayOf(MEASURED_AT)
  for (let daysAgo = 0; daysAgo < WINDOW_DAYS; daysAgo += 1) {
    const day = addDays(today, -daysAgo)
    ids.forEach((id, index) => {
      if (randomOf(index, daysAgo) < ACTIVE_SHARE) addDayOf(company, id, day, index * WINDOW_DAYS + daysAgo)
    })
  }
  return ids
}

/** Additional requests of those people on a day, because OpenAI revises its figures. */
export function reviseDay(company: Company, ids: readonly string[], day: Day, revision: number): void {
  ids.forEach((id, index) => addDayOf(company, id, day, index + revision))
}

function addDayOf(company: Company, userId: string, day: Day, seed: number): void {
  MODELS.forEach((model, place) => {
    const requests = 1 + Math.floor(randomOf(seed, place) * 400)
    const inputTokens = requests * (400 + Math.floor(randomOf(seed, place + 10) * 900))
    company.addUsage({
      day,
      userId,
      model,
      requests,
      inputTokens,
      cachedInputTokens: Math.floor(inputTokens * randomOf(seed, place + 20) * 0.5),
      outputTokens: requests * (80 + Math.floor(randomOf(seed, place + 30) * 250)),
    })
  })
}

/** A number from 0 to 1 (exclusive), determined by the two arguments. */
function randomOf(first: number, second: number): number {
  let value = Math.imul(first + 1, 0x9e3779b1) ^ Math.imul(second + 1, 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d)
  value = Math.imul(value ^ (value >>> 12), 0x297a2d39)
  return ((value ^ (value >>> 15)) >>> 0) / 0x1_0000_0000
}
