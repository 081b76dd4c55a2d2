import type { Facts } from './found-in.ts'

/*
 * The findings of an organization, counted in another way than by the product: straight from the facts, by the table of docs/api.md. It
 * shares no code with the product.
 */

const DAY_MS = 86_400_000
const TO = '2026-11-24'
const FROM = '2026-09-26'
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  openai: ['owner'],
  anthropic: ['admin', 'owner', 'primary_owner', 'membership_admin'],
}

/** Type, severity, subject and cost of each finding, in the order of the alphabet. */
export function recounted(facts: Facts): string[] {
  return [...ofPeople(facts), ...ofKeys(facts), ...ofRemovals(facts), ...ofSpend(facts)].toSorted()
}

/** How many days before the last day of the reading an instant was. */
function ageOf(instant: string): number {
  return (Date.parse(TO) - Date.parse(instant.slice(0, 10))) / DAY_MS
}

function ofPeople({ provider, people, rows, keys, companyDomains, roster, today, thresholds }: Facts): string[] {
  const isUsed = (userId: string) =>
    rows.some((row) => row.userId === userId && row.requests > 0) ||
    (keys ?? []).some(
      (key) => key.kind !== 'admin' && key.owner?.id === userId && key.lastUsedOn !== null && key.lastUsedOn >= FROM,
    )
  const accounts = people.filter(({ kind }) => kind === 'service_account').map(({ userId }) => userId)
  // “The provider attributed no usage to any person”: what service accounts use proves nothing.
  const hasAnyUse = rows.some(({ userId, requests }) => userId !== null && requests > 0 && !accounts.includes(userId))
  return people.flatMap((person) => {
    const found: string[] = []
    if (person.removedAt !== null || person.accountStatus !== 'active' || person.kind !== 'person') return found
    const isOwner = OWNERS[provider]?.includes((person.role ?? '').toLowerCase()) === true
    const address = asciiAddress(person.email)
    const domain = address?.split('@')[1]
    const own = companyDomains.map((each) => new URL(`http://${each}`).hostname)
    const isKnown = domain !== undefined && own.length > 0
    const isInside = isKnown && own.some((each) => domain === each || domain.endsWith(`.${each}`))
    if (isOwner && isKnown && !isInside) found.push(`external_owner high ${person.userId} null`)
    const wasUsedByDirectory = person.apiKeyLastUsedAt !== null && person.apiKeyLastUsedAt.slice(0, 10) >= FROM
    const isUnused = hasAnyUse && !isUsed(person.userId) && !wasUsedByDirectory
    if (isUnused && (person.addedAt === null || ageOf(person.addedAt) > thresholds.idleMemberDays)) {
      const isGuest = !isOwner && !person.scimManaged && isKnown && !isInside
      found.push(`idle_member ${isGuest ? 'medium' : 'low'} ${person.userId} null`)
    }
    if (roster !== null && isInside) {
      const entry = [...roster.values()].find(({ email }) => asciiAddress(email) === address)
      const isEnded = entry?.endsOn != null && entry.endsOn < today
      if (entry === undefined || isEnded) found.push(`not_in_roster high ${person.userId} null`)
    }
    return found
  })
}

/** Lower case, composed, and in the ASCII of its domain. */
function asciiAddress(email: string | null): string | undefined {
  if (email === null) return undefined
  const [name = '', domain = ''] = email.trim().toLowerCase().normalize('NFC').split('@')
  return `${name}@${new URL(`http://${domain}`).hostname}`
}

function ofKeys({ keys, people, thresholds }: Facts): string[] {
  return (keys ?? []).flatMap((key) => {
    const found: string[] = []
    const add = (type: string, severity: string) => found.push(`${type} ${severity} ${key.id} null`)
    if (key.expiresAt !== null && Date.parse(key.expiresAt) <= Date.parse(`${TO}T12:00:00.000Z`)) return found
    const owner = people.find(({ userId }) => userId === key.owner?.id)
    const isGone = owner === undefined ? true : owner.removedAt !== null || owner.accountStatus !== 'active'
    const isNewcomers = owner === undefined && key.createdAt !== null && ageOf(key.createdAt) <= 0
    if (key.owner?.kind === 'user' && isGone && !isNewcomers) {
      const removedOn = owner?.removedAt?.slice(0, 10)
      const isUsedSince = removedOn !== undefined && key.lastUsedOn !== null && key.lastUsedOn > removedOn
      if (isUsedSince) add('leaver_key', 'high')
      else add('leaver_key', key.isActive ? 'medium' : 'low')
    }
    if (!key.isActive) return found
    if (key.owner === null) add('ownerless_key', 'medium')
    const isUnused = key.isUseKnown && (key.lastUsedOn === null || key.lastUsedOn < FROM)
    if (isUnused && key.createdAt !== null && ageOf(key.createdAt) > thresholds.staleKeyDays) add('stale_key', 'medium')
    const isEternal =
      key.expiresAt === null && key.createdAt !== null && ageOf(key.createdAt) > thresholds.eternalKeyDays
    if (isEternal) add('eternal_key', 'low')
    return found
  })
}

/** One for each member or key, however many reviews decided it. */
function ofRemovals({ removals, people, keys, thresholds }: Facts): string[] {
  const isStill = ({ kind, id }: Facts['removals'][number]['subject']) =>
    kind === 'member'
      ? people.some((each) => each.userId === id && each.removedAt === null && each.accountStatus === 'active')
      : (keys ?? []).some(
          (key) =>
            key.id === id &&
            key.isActive &&
            (key.expiresAt === null || Date.parse(key.expiresAt) > Date.parse(`${TO}T12:00:00.000Z`)),
        )
  const late = removals.filter(
    ({ subject, decidedAt }) => ageOf(decidedAt) >= thresholds.removalDays && isStill(subject),
  )
  return [...new Set(late.map(({ subject }) => `removal_not_done high ${subject.id} null`))]
}

/** Costs of tests are whole numbers, so that numbers add up exactly. */
function ofSpend({ costRows, coveredFrom, thresholds }: Facts): string[] {
  const currencies = [...new Set((costRows ?? []).map(({ currency = 'USD' }) => currency))]
  const { spikeDays, spikeBaselineDays, spikeCoveredDays, spikeTimes, spikeAmount } = thresholds
  return currencies.flatMap((currency) => {
    const sums = new Map<number, number>()
    for (const row of costRows ?? []) {
      if ((row.currency ?? 'USD') === currency)
        sums.set(ageOf(row.day), (sums.get(ageOf(row.day)) ?? 0) + Number(row.cost))
    }
    const on = (ago: number) => sums.get(ago) ?? 0
    return Array.from({ length: spikeDays }, (_, index) => index + 1).flatMap((ago) => {
      const before = Array.from({ length: spikeBaselineDays }, (_, index) => ago + 1 + index)
        .filter((each) => each <= ageOf(coveredFrom))
        .map((each) => on(each))
        .toSorted((left, right) => left - right)
      if (before.length < spikeCoveredDays) return []
      const middle = before.slice(Math.ceil(before.length / 2) - 1, Math.floor(before.length / 2) + 1)
      const median = middle.reduce((sum, each) => sum + each, 0) / middle.length
      const isSpike = median > 0 && on(ago) > spikeTimes * median && on(ago) > spikeAmount
      return isSpike ? [`spend_spike medium 01K0000000000000000000ORG0 ${on(ago)} ${currency}`] : []
    })
  })
}
