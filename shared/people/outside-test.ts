import { domainOf, isWithinDomains } from '../data-sets/directory/company-domains.ts'
import type { Membership } from './person.ts'

/** True for an address outside the company domains of its organization. Without known domains, none is. */
export function outsideTest(): (membership: Membership) => boolean {
  const known = new Map<string, boolean>()
  return ({ organization: { integrationId, companyDomains }, user }) => {
    const domain = domainOf(user.email)
    if (domain === null || companyDomains.length === 0) return false
    const key = `${integrationId} ${domain}`
    const isOutside = known.get(key) ?? !isWithinDomains(domain, companyDomains)
    known.set(key, isOutside)
    return isOutside
  }
}
