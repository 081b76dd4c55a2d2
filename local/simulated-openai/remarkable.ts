import { MS_PER_DAY } from '../../shared/domain/day.ts'
import { dayNumberOf, unixSecondsOf } from '../simulation/utc.ts'
import type { Company } from './company.ts'

/** Nobody else has an address there, so it is no domain of the company. */
const OUTSIDER = { id: 'user-outsider', name: 'Otto Outside', email: 'otto.outside@consulting.example' }
const JOINED_DAYS_AGO = 100
/** Exactly one of the last 14 days is one, and most of the 28 days before it are none. */
const EVERY_NTH_DAY = 14
const DAYS_BEFORE = 100
const DAYS_AFTER = 400
/** 240 dollars, in ten-billionths. Other days cost about 50 in a company of 240. */
const BATCH_UNITS = 2_400_000_000_000n

/**
 * Adds what a company should look at: an owner from outside, and days on which a batch of an owner costs far more than all else. Which days
 * these are depends on the calendar alone, so a later start gives the same.
 */
export function addRemarkable(company: Company, now: Date): void {
  const today = dayNumberOf(now)
  company.add({ ...OUTSIDER, role: 'owner', added_at: unixSecondsOf((today - JOINED_DAYS_AGO) * MS_PER_DAY) })
  const [owner] = company.usersAt(now)
  for (let day = today - DAYS_BEFORE; day <= today + DAYS_AFTER; day += 1) {
    if (day % EVERY_NTH_DAY !== 0) continue
    company.addCost({
      day: new Date(day * MS_PER_DAY).toISOString().slice(0, 10),
      userId: owner?.id ?? null,
      projectId: 'proj_research',
      apiKeyId: null,
      lineItem: 'gpt-5, batch',
      currency: 'usd',
      units: BATCH_UNITS,
    })
  }
}
