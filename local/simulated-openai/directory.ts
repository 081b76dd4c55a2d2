import type { Company } from './company.ts'
import { withKeyIn } from '../simulation/key-like-names.ts'
import type { SimulatedUser } from './person.ts'
import type { Switches } from './switches.ts'

const EVERY_NTH_LACKS_SOMETHING = 8

/** The directory's users, with the changes that the switches make. */
export function listedUsers(company: Company, switches: Switches, now: Date): SimulatedUser[] {
  if (switches.emptyListing) return []
  const users = switches.directoryOrder === 'shuffled' ? company.shuffledUsersAt(now) : company.usersAt(now)
  const secret = switches.keyLikeNames ? company.projectsAt(now)[0]?.keys[0]?.secret : undefined
  return users.map((user, index) => {
    const isNth = index % EVERY_NTH_LACKS_SOMETHING === EVERY_NTH_LACKS_SOMETHING - 1
    const known = isNth ? withoutTimes(withoutEmail(user, switches), switches) : user
    const named = secret === undefined ? known : renamed(known, (name) => withKeyIn(name, secret, index, switches))
    return switches.nestedUserOnly ? nested(named) : named
  })
}

/** Another name of a user, and of a project of theirs. */
function renamed(user: SimulatedUser, rename: (name: string) => string): SimulatedUser {
  const name = typeof user['name'] === 'string' ? rename(user['name']) : null
  const project = { id: 'proj_search', name: rename('Search'), role: 'member' }
  return { ...user, name, projects: { object: 'list', data: [project] } }
}

function withoutTimes(user: SimulatedUser, switches: Switches): SimulatedUser {
  // JSON omits undefined values.
  return switches.absentTimes ? { ...user, added_at: undefined, created: undefined } : user
}

function withoutEmail(user: SimulatedUser, switches: Switches): SimulatedUser {
  if (switches.absentEmails) {
    const { email: _, ...rest } = user
    return { ...rest, object: user.object, id: user.id, added_at: user.added_at }
  }
  return switches.nullEmails ? { ...user, email: null } : user
}

function nested(user: SimulatedUser): SimulatedUser {
  const { name, email, user: inner, ...rest } = user
  const account = typeof inner === 'object' ? inner : { object: 'user', id: user.id, enabled: true, banned: false }
  return { ...rest, object: user.object, id: user.id, added_at: user.added_at, user: { ...account, name, email } }
}
