import { MS_PER_DAY } from '../../shared/domain/day.ts'
import { contactOf, type Holder, isServiceAccount, joinedAt, OWNERS } from '../simulation/people.ts'
import { chance, pick } from '../simulation/random.ts'
import { unixSecondsOf } from '../simulation/utc.ts'

const FREE_ROLES = ['auditor', 'billing manager', 'Reader']

/** A user as OpenAI's directory returns it. */
export interface SimulatedUser {
  readonly object: 'organization.user'
  readonly id: string
  readonly added_at: number | undefined
  readonly [field: string]: unknown
}

/** A person's directory entry on a day. */
export function userOf(seed: string, holder: Holder, day: number): SimulatedUser {
  const { index, id } = holder
  const { email, name } = contactOf(seed, holder)
  return {
    object: 'organization.user',
    id,
    ...(chance(seed, id, 'nameless') < 0.98 && { name }),
    ...(index >= OWNERS && chance(seed, id, 'mailless') < 0.02 ? {} : { email }),
    role: roleOf(seed, index),
    added_at: joinedAt(seed, holder),
    ...extrasOf(seed, holder, day),
  }
}

function roleOf(seed: string, index: number): string {
  if (index < OWNERS) return 'owner'
  return chance(seed, index, 'role') < 0.04 ? pick(FREE_ROLES, seed, index, 'free role') : 'reader'
}

/** Most people have none of these fields: replies usually contain only the five common ones. */
function extrasOf(seed: string, holder: Holder, day: number): Record<string, unknown> {
  const { index, id } = holder
  if (isServiceAccount(index)) return { is_service_account: true, ...keyUseOf(seed, holder, day) }
  const status = index < OWNERS ? 1 : chance(seed, id, 'status')
  const account = { object: 'user', id, enabled: status < 0.02 || status >= 0.05, banned: status < 0.02 }
  const project = pick(['Search', 'Support'], seed, id, 'project')
  return {
    ...(status < 0.05 && { user: account }),
    ...(chance(seed, id, 'scim') < 0.1 && { is_scim_managed: true }),
    ...(chance(seed, id, 'projects') < 0.1 && {
      projects: { object: 'list', data: [{ id: `proj_${project.toLowerCase()}`, name: project, role: 'member' }] },
    }),
    ...(chance(seed, id, 'key') < 0.12 && keyUseOf(seed, holder, day)),
  }
}

/** People with an API key use it every few days, most recently on a day before today. */
function keyUseOf(seed: string, holder: Holder, day: number): { api_key_last_used_at: number } {
  const every = 1 + Math.floor(chance(seed, holder.id, 'every') ** 2 * 90)
  const last = day - 1 - ((((day - 1) % every) + every) % every)
  const on = Math.max(last, holder.joinsOn)
  return { api_key_last_used_at: unixSecondsOf(on * MS_PER_DAY) + 13 * 3600 }
}
