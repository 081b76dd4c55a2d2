import { chance } from '../simulation/random.ts'
import type { SimulatedUser } from './person.ts'
import { MS_PER_DAY } from '../../shared/domain/day.ts'
import { dayNumberOf, unixSecondsOf } from '../simulation/utc.ts'

const SECRET_LENGTH = 48
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const KEY_NAMES = ['Nightly job', 'Notebook', 'Search service', 'Prototype', 'CI', 'Evaluation', 'My key']

/** Service accounts have no address. */
export interface SimulatedOwner {
  readonly type: 'user' | 'service_account'
  readonly id: string
  readonly name: string
  readonly email?: string
}

/** A project key with its secret, which the API never gives. Times are unix seconds. */
export interface SimulatedKey {
  readonly id: string
  readonly name: string
  readonly secret: string
  readonly owner: SimulatedOwner | null
  readonly createdAt: number
  readonly lastUsedAt: number | null
  readonly expiresAt: number | null
  readonly hasAccess: boolean
}

export interface SimulatedProject {
  readonly id: string
  readonly name: string
  readonly isArchived: boolean
  readonly keys: readonly SimulatedKey[]
}

/** The projects that usage refers to, and an archived one, each with a handful of keys. */
export function ownProjects(seed: string, users: readonly SimulatedUser[], now: Date): SimulatedProject[] {
  return ['Search', 'Support', 'Research', 'Prototype'].map((name) => {
    const id = `proj_${name.toLowerCase()}`
    const count = 4 + Math.floor(chance(seed, id, 'keys') * 5)
    const keys = Array.from({ length: count }, (_, index) => keyOf(`${seed} ${id} ${index}`, { id, index }, users, now))
    return { id, name, isArchived: name === 'Prototype', keys }
  })
}

/** A secret that looks like one, and is the same each time. */
export function secretOf(seed: string): string {
  const letters = Array.from({ length: SECRET_LENGTH }, (_, at) =>
    LETTERS.charAt(Math.floor(chance(seed, 'secret', at) * LETTERS.length)),
  )
  return `sk-proj-${letters.join('')}`
}

function keyOf(
  seed: string,
  { id: project, index }: { readonly id: string; readonly index: number },
  users: readonly SimulatedUser[],
  now: Date,
): SimulatedKey {
  const today = dayNumberOf(now)
  const of = (what: string) => chance(seed, what)
  const createdOn = dayNumberOf(Date.UTC(2025, 5, 2)) + Math.floor(of('created') * 500)
  const usedDaysAgo = Math.floor(of('used') ** 3 * 200)
  const lastUsedOn = Math.max(createdOn, today - usedDaysAgo)
  const expiresOn = createdOn + 700
  return {
    id: `key_${project.slice(5)}_${index + 1}`,
    name: KEY_NAMES[Math.floor(of('name') * KEY_NAMES.length)] ?? 'My key',
    secret: secretOf(seed),
    owner: ownerOf(seed, project, index, users),
    createdAt: unixSecondsOf(createdOn * MS_PER_DAY) + 36_000,
    lastUsedAt: of('never') < 0.15 ? null : unixSecondsOf(lastUsedOn * MS_PER_DAY),
    expiresAt: of('expires') < 0.3 ? unixSecondsOf(expiresOn * MS_PER_DAY) : null,
    hasAccess: of('access') < 0.9,
  }
}

/** Most keys are people's, some of somebody who left long ago, and some of service accounts. */
function ownerOf(seed: string, project: string, index: number, users: readonly SimulatedUser[]): SimulatedKey['owner'] {
  const kind = chance(seed, 'owner')
  if (kind < 0.2) return { type: 'service_account', id: `svc_acct_${project.slice(5)}_${index}`, name: `bot-${index}` }
  if (kind < 0.35) return { type: 'user', id: 'user-leftlongago', name: 'Lee Ftago' }
  const user = users[Math.floor(chance(seed, 'whose') * users.length)]
  if (user === undefined) return null
  const { name, email } = user
  return {
    type: 'user',
    id: user.id,
    name: typeof name === 'string' ? name : 'Nameless',
    ...(typeof email === 'string' && { email }),
  }
}
