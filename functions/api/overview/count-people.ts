import type { WireOverview } from '../../../shared/contracts/overview-contract.ts'
import { domainOf, isWithinDomains } from '../../../shared/data-sets/directory/company-domains.ts'
import { effectiveDomains } from '../../../shared/integrations/integration.ts'
import type { Membership, Person } from '../../../shared/people/person.ts'
import type { PeopleData } from '../people/people-index.ts'

export type PeopleFigures = Pick<WireOverview, 'people' | 'outsiders' | 'seats' | 'licenses'>

/** Counts persons once, and seats and licenses by membership. */
export function countPeople({ people, organizations }: PeopleData): PeopleFigures {
  const domainsOf = new Map(organizations.map(({ integration }) => [integration.id, effectiveDomains(integration)]))
  const isOutside = outsideTest(domainsOf)
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

/** True for an address outside the company domains of its organization. Without known domains, none is. */
function outsideTest(domainsOf: ReadonlyMap<string, readonly string[]>): (membership: Membership) => boolean {
  const known = new Map<string, boolean>()
  return ({ organization: { integrationId }, user }) => {
    const domain = domainOf(user.email)
    const companyDomains = domainsOf.get(integrationId) ?? []
    if (domain === null || companyDomains.length === 0) return false
    const key = `${integrationId} ${domain}`
    const isOutside = known.get(key) ?? !isWithinDomains(domain, companyDomains)
    known.set(key, isOutside)
    return isOutside
  }
}
