/** A domain as people type it, in the form domains are compared in: lower case, no `@` before and no dot after it. */
export function normalizeDomain(text: string): string {
  return text.trim().toLowerCase().replace(/^@/, '').replace(/\.$/, '')
}

/** The domain of an email address; null without one. */
export function domainOf(email: string | null): string | null {
  if (email === null) return null
  const at = email.lastIndexOf('@')
  const domain = at === -1 ? '' : normalizeDomain(email.slice(at + 1))
  return domain === '' ? null : domain
}

/** True when the domain is one of the company's, or a subdomain of one. Case does not matter. */
export function isWithinDomains(domain: string, companyDomains: readonly string[]): boolean {
  const own = normalizeDomain(domain)
  return companyDomains.some((companyDomain) => {
    const parent = normalizeDomain(companyDomain)
    return own === parent || own.endsWith(`.${parent}`)
  })
}
