import publicMailDomains from 'email-providers/all.json' with { type: 'json' }
import { domainOf } from './company-domains.ts'
import type { SnapshotPerson } from './snapshot.ts'

// Apart from the rest, since only a sync infers: the list is a sixth of a bundle.
const PUBLIC_MAIL_DOMAINS: ReadonlySet<string> = new Set(publicMailDomains)

/**
 * The company domains that the active owners' addresses suggest, in alphabetical order. Public mail providers, as the
 * package `email-providers` lists them, are left out: an owner with such an address says nothing about the company.
 */
export function inferCompanyDomains(people: readonly SnapshotPerson[]): string[] {
  const domains = people
    .filter((person) => person.kind === 'person' && person.accountStatus === 'active' && person.removedAt === null)
    .filter((person) => person.role?.toLowerCase() === 'owner')
    .flatMap((person) => domainOf(person.email) ?? [])
  return [...new Set(domains)].filter((domain) => !PUBLIC_MAIL_DOMAINS.has(domain)).toSorted()
}
