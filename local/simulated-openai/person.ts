import { chance, pick } from './random.ts'
import { MS_PER_DAY } from '../../shared/domain/day.ts'
import { dayNumberOf, unixSecondsOf } from './utc.ts'

const FIRST_DAY = dayNumberOf(Date.UTC(2026, 0, 1))
const OWNERS = 3
const EVERY_NTH_IS_SERVICE = 40
const MOVERS = 0.08

const FIRST_NAMES =
  'Ada Bela Cleo Dario Edda Finn Gita Hana Ivo Jana Kofi Lena Milo Nura Odin Pia Quin Rosa Sami Tove Uma Vito Wen Yara Zeno'.split(
    ' ',
  )
const LAST_NAMES =
  'Alder Birch Cedar Dogwood Elm Fir Gorse Hazel Ivy Juniper Kelp Larch Maple Nettle Oak Pine Quince Rowan Sorrel Thorn Vetch Willow Yew'.split(
    ' ',
  )
/** Coprime to the number of names, so neighbors differ and no name repeats before all have been used. */
const NAME_STRIDE = 137
const FREE_ROLES = ['auditor', 'billing manager', 'Reader']
const CONTRACTOR_DOMAINS = ['freelance.example', 'agency.example']

/** A user as OpenAI's directory returns it. */
export interface SimulatedUser {
  readonly object: 'organization.user'
  readonly id: string
  readonly added_at: number | undefined
  readonly [field: string]: unknown
}

/** The person who holds one of the company's positions, and until when. */
export interface Holder {
  readonly index: number
  readonly id: string
  /** Numbers the holders of the position. */
  readonly generation: number
  /** The days in the company: from the first (inclusive) to the second (exclusive). */
  readonly joinsOn: number
  readonly leavesOn: number
}

/**
 * The holder of a position on a day. Most positions keep their holder; for a few, people leave, the position is vacant
 * for some days, and somebody else joins. While it is vacant, `leavesOn` is not after the day.
 */
export function holderOf(seed: string, index: number, day: number): Holder {
  const id = `user-${chance(seed, index, 'id').toString(36).slice(2, 10)}${index.toString(36)}`
  const stays = index < OWNERS || isServiceAccount(index) || chance(seed, index, 'mover') >= MOVERS
  if (stays) {
    const joinsOn = FIRST_DAY - Math.ceil(chance(seed, index, 'added') * 700)
    return { index, id, generation: 0, joinsOn, leavesOn: Infinity }
  }
  const tenure = 90 + Math.floor(chance(seed, index, 'tenure') * 300)
  const free = 1 + Math.floor(chance(seed, index, 'free') * 20)
  const since = day - FIRST_DAY + Math.floor(chance(seed, index, 'phase') * tenure)
  const generation = Math.floor(since / tenure)
  const joinsOn = day - (since - generation * tenure)
  const own = generation === 0 ? id : `${id}${generation < 0 ? 'b' : 'g'}${Math.abs(generation).toString(36)}`
  return { index, id: own, generation, joinsOn, leavesOn: joinsOn + tenure - free }
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
    added_at: unixSecondsOf(holder.joinsOn * MS_PER_DAY) + Math.floor(chance(seed, id, 'hour') * 36_000),
    ...extrasOf(seed, holder, day),
  }
}

function isServiceAccount(index: number): boolean {
  return index % EVERY_NTH_IS_SERVICE === EVERY_NTH_IS_SERVICE - 1
}

function contactOf(seed: string, { index, generation }: Holder): { name: string | null; email: string | null } {
  const names = FIRST_NAMES.length * LAST_NAMES.length
  const start = Math.floor(chance(seed, 'names') * names)
  const place = (((start + index * NAME_STRIDE + generation * 97) % names) + names) % names
  const first = FIRST_NAMES[place % FIRST_NAMES.length] ?? 'Ada'
  const last = LAST_NAMES[Math.floor(place / FIRST_NAMES.length)] ?? 'Alder'
  if (isServiceAccount(index)) return { name: `svc-${first.toLowerCase()}-${index}`, email: null }
  const isContractor = index >= OWNERS && chance(seed, index, 'contractor') < 0.08
  const domain = isContractor ? pick(CONTRACTOR_DOMAINS, seed, index) : 'northwind.example'
  const namesake = Math.floor(index / names) * 10 + (Math.abs(generation) % 10)
  const suffix = namesake === 0 ? '' : String(namesake + 1)
  return { name: `${first} ${last}`, email: `${first}.${last}${suffix}@${domain}`.toLowerCase() }
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
