import publicMailDomains from 'email-providers/all.json' with { type: 'json' }
import { domainOf, isWithinDomains } from './company-domains.ts'
import type { DirectoryRules } from './directory-rules.ts'
import type { SnapshotPerson } from './directory-person.ts'
import { isOwner } from './seat.ts'

// Apart from the rest, since only a sync infers: the list is a sixth of a bundle.
const PUBLIC_MAIL_DOMAINS: ReadonlySet<string> = new Set(publicMailDomains)

/**
 * The company domains that the active owners' addresses suggest, in ASCII and in alphabetical order. Public mail providers,
 * as the package `email-providers` lists them, are left out: an owner with such an address says nothing about the company.
 * So does one whose domain nobody but owners has, such as an adviser; unless no domain were left then.
 */
export function inferCompanyDomains(people: readonly SnapshotPerson[], rules: DirectoryRules): string[] {
  const listed = people.filter((person) => person.kind === 'person' && person.removedAt === null)
  const owners = listed.filter((person) => isOwner(person, rules) && person.accountStatus === 'active')
  const suggested = domainsOf(owners).filter((domain) => !PUBLIC_MAIL_DOMAINS.has(domain))
  const others = domainsOf(listed.filter((person) => !isOwner(person, rules)))
  const shared = suggested.filter((domain) => others.some((other) => isWithinDomains(other, [domain])))
  return (shared.length > 0 ? shared : suggested).toSorted()
}

function domainsOf(people: readonly SnapshotPerson[]): string[] {
  return [...new Set(people.flatMap((person) => domainOf(person.email) ?? []))]
}
