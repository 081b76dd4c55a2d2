import type { WireOverview } from '../../../shared/contracts/overview-contract.ts'
import { outsideTest } from '../../../shared/people/outside-test.ts'
import type { Membership, Person } from '../../../shared/people/person.ts'
import type { PeopleData } from '../people/people-index.ts'

export type PeopleFigures = Pick<WireOverview, 'people' | 'outsiders' | 'seats' | 'licenses'>

/** Counts persons once, and seats and licenses by membership. */
export function countPeople({ people }: Pick<PeopleData, 'people'>): PeopleFigures {
  const isOutside = outsideTest()
  const active = people.map((person) => activeMemberships(person)).filter(({ length }) => length > 0)
  const outside = active.map((memberships) => memberships.filter(isOutside)).filter(({ length }) => length > 0)
  const users = active.flat().map(({ user }) => user)
  const count = (matches: (user: Membership['user']) => boolean) => users.filter(matches).length
  return {
    people: active.length,
    outsiders: {
      people: outside.length,
      owners: outside.filter((memberships) => memberships.some(({ user }) => user.isOwner)).length,
    },
    seats: { member: count(({ seat }) => seat?.type === 'member'), guest: count(({ seat }) => seat?.type === 'guest') },
    licenses: {
      inUse: count(({ license }) => license === 'in_use'),
      unused: count(({ license }) => license === 'unused'),
      noData: count(({ license }) => license === 'no_data'),
    },
  }
}

function activeMemberships({ memberships }: Person): Membership[] {
  return memberships.filter(({ user }) => user.accountStatus === 'active')
}
