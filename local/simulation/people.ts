import { MS_PER_DAY } from '../../shared/domain/day.ts'
import { chance, pick } from './random.ts'
import { dayNumberOf } from './utc.ts'

const FIRST_DAY = dayNumberOf(Date.UTC(2026, 0, 1))
/** The first positions are those of people who own the organization, and stay. */
export const OWNERS = 3
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
const CONTRACTOR_DOMAINS = ['freelance.example', 'agency.example']

/** The person who holds one of a company's positions, and until when. */
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

/** True for the positions that are machines. */
export function isServiceAccount(index: number): boolean {
  return index % EVERY_NTH_IS_SERVICE === EVERY_NTH_IS_SERVICE - 1
}

/** The name and address of a position's holder: the same at every provider. */
export function contactOf(
  seed: string,
  { index, generation }: Holder,
): { readonly name: string; readonly email: string | null } {
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

/** The time of day at which somebody joined, in seconds. */
export function joinedAt(seed: string, { id, joinsOn }: Holder): number {
  return joinsOn * (MS_PER_DAY / 1000) + Math.floor(chance(seed, id, 'hour') * 36_000)
}
