/** What ends a host name in an address, or means something else in one: no domain holds it. */
const NO_DOMAIN = /[\s/?#@:\\%[\]<>^|]/
const NOT_ASCII = /[\u0080-\uffff]/

/**
 * A domain as people type it, in the form domains are compared in: ASCII by UTS 46, so that `müller.example` and
 * `xn--mller-kva.example` are one; lower case, no `@` before and no dot after it. What is no domain stays as it is typed.
 */
export function normalizeDomain(text: string): string {
  return domainInAscii(text.trim().toLowerCase().replace(/^@/, '')).replace(/\.$/, '')
}

/**
 * A domain in lower case with its letters outside ASCII in punycode, by the platform's own URL parser: browsers have it, too.
 * Without a change where there are none, or where it is no domain. https://url.spec.whatwg.org/#concept-domain-to-ascii
 */
export function domainInAscii(domain: string): string {
  if (!NOT_ASCII.test(domain) || NO_DOMAIN.test(domain)) return domain
  const address = `http://${domain}`
  return URL.canParse(address) ? new URL(address).hostname : domain
}

/** The same domains, each once: of two spellings the first. */
export function uniqueDomains(domains: readonly string[]): string[] {
  const spellings = new Map<string, string>()
  for (const domain of domains) {
    const normalized = normalizeDomain(domain)
    if (!spellings.has(normalized)) spellings.set(normalized, domain)
  }
  return [...spellings.values()]
}

/** The domain of an email address; null without one. */
export function domainOf(email: string | null): string | null {
  if (email === null) return null
  const at = email.lastIndexOf('@')
  const domain = at === -1 ? '' : normalizeDomain(email.slice(at + 1))
  return domain === '' ? null : domain
}

/** True when the domain is one of the company's, or a subdomain of one. Case and spelling do not matter. */
export function isWithinDomains(domain: string, companyDomains: readonly string[]): boolean {
  const own = normalizeDomain(domain)
  return companyDomains.some((companyDomain) => {
    const parent = normalizeDomain(companyDomain)
    return own === parent || own.endsWith(`.${parent}`)
  })
}

/** Tells whether an address is one of the company's. Null when that is not known: without a domain, or without company domains. */
export type CompanyTest = (email: string | null) => boolean | null

/** Each domain is compared once: an organization has few. */
export function companyTest(companyDomains: readonly string[]): CompanyTest {
  const known = new Map<string, boolean | null>()
  return (email) => {
    const at = email?.lastIndexOf('@') ?? -1
    if (email === null || at === -1 || companyDomains.length === 0) return null
    const spelling = email.slice(at)
    const found = known.get(spelling)
    if (found !== undefined) return found
    const domain = domainOf(email)
    const isWithin = domain === null ? null : isWithinDomains(domain, companyDomains)
    known.set(spelling, isWithin)
    return isWithin
  }
}
