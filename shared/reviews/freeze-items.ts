import type { CostViews } from '../data-sets/costs/cost-views.ts'
import type { DirectoryUser } from '../data-sets/directory/directory-user.ts'
import type { OwnedKey } from '../data-sets/keys/owned-key.ts'
import { workingKeys } from '../data-sets/keys/working-keys.ts'
import { sortItems } from '../data-sets/sorted-list.ts'
import type { FindingThresholds } from '../domain/finding.ts'
import type { ReviewPopulation } from '../domain/review.ts'
import type { Window } from '../domain/window.ts'
import { toComparedAddress } from '../people/address.ts'
import type { Roster } from '../people/roster.ts'
import { changeSince, type PreviousItems } from './change.ts'
import { isKeyIn, isMemberIn, type MemberPopulation } from './population.ts'
import { type KeyEvidence, type MemberEvidence, type ReviewItem, reviewItemId } from './review-item.ts'

/** The sync whose reading is shown. */
interface ShownSync {
  readonly syncId: string
  readonly syncedAt: string
}

/** What is known of an organization when a review is created. What was never read is null. */
export interface ReviewedOrganization {
  readonly integration: { readonly id: string; readonly name: string; readonly provider: string }
  readonly directory: (ShownSync & { readonly users: readonly DirectoryUser[]; readonly window: Window }) | null
  readonly keys: (ShownSync & { readonly listed: readonly OwnedKey[]; readonly costOf: CostViews['costOfKey'] }) | null
  /** Undefined if the integration was in no completed review of the population. */
  readonly previous: PreviousItems | undefined
}

interface Frozen {
  readonly population: ReviewPopulation
  readonly thresholds: Pick<FindingThresholds, 'idleMemberDays'>
  /** Null if none is set. */
  readonly roster: Roster | null
}

/** The items of a review, by their labels as people sort them: those of one person are beside each other. */
export function freezeItems(organizations: readonly ReviewedOrganization[], frozen: Frozen): ReviewItem[] {
  const { population, ...context } = frozen
  const items = organizations.flatMap((organization) =>
    population === 'keys' ? keyItems(organization) : memberItems(organization, population, context),
  )
  return sortItems(items, {
    valueOf: ({ subject }) => subject.label,
    idOf: ({ id }) => id,
    descending: false,
    isWritten: true,
  })
}

function memberItems(
  organization: ReviewedOrganization,
  population: MemberPopulation,
  { thresholds, roster }: Omit<Frozen, 'population'>,
): ReviewItem[] {
  const { directory, keys } = organization
  if (directory === null) return []
  const keysOf = keys && workingKeys(keys.listed)
  const members = directory.users.filter((user) =>
    isMemberIn(population, user, { window: directory.window, thresholds }),
  )
  return members.map((member) => {
    const id = reviewItemId(organization.integration.id, 'member', member.id)
    const address = toComparedAddress(member.email)
    const employee = address === null ? undefined : roster?.get(address)
    const facts = memberFacts(member)
    const evidence = {
      ...facts,
      keys: keysOf && (keysOf.get(member.id) ?? 0),
      department: employee?.department ?? null,
      manager: employee?.manager ?? null,
      syncId: directory.syncId,
      syncedAt: directory.syncedAt,
      change: changeSince(organization.previous, id, {
        role: facts.role,
        hasAccess: facts.accountStatus === 'active',
      }),
    }
    const label = member.name ?? member.email ?? member.id
    return { id, kind: 'member', ...placeOf(organization), subject: subjectOf(member.id, label), evidence }
  })
}

function keyItems(organization: ReviewedOrganization): ReviewItem[] {
  const { keys, integration } = organization
  if (keys === null) return []
  return keys.listed.filter(isKeyIn).map((key) => {
    const id = reviewItemId(integration.id, 'key', key.id)
    const evidence = {
      ...keyFacts(key),
      cost: keys.costOf(key.id),
      syncId: keys.syncId,
      syncedAt: keys.syncedAt,
      change: changeSince(organization.previous, id, { role: null, hasAccess: true }),
    }
    const subject = subjectOf(key.id, key.name ?? key.id)
    return { id, kind: 'key', ...placeOf(organization), subject, evidence }
  })
}

function placeOf({ integration }: ReviewedOrganization) {
  return { integrationId: integration.id, integrationName: integration.name, provider: integration.provider }
}

function subjectOf(id: string, label: string): ReviewItem['subject'] {
  return { id, label: label.toWellFormed() }
}

/** Providers' text can be ill-formed Unicode, of which there is no canonical JSON. */
function wellFormed(text: string | null): string | null {
  return text?.toWellFormed() ?? null
}

type MemberFacts = Omit<MemberEvidence, 'keys' | 'department' | 'manager' | 'syncId' | 'syncedAt' | 'change'>

function memberFacts(member: DirectoryUser): MemberFacts {
  return {
    email: wellFormed(member.email),
    name: wellFormed(member.name),
    role: wellFormed(member.role),
    accountStatus: member.accountStatus,
    seat: member.seat && { type: member.seat.type, reason: member.seat.reason },
    license: member.license,
    lastActiveOn: member.lastActiveOn,
    lastActivitySource: member.lastActivitySource,
    lastLoginOn: member.lastLoginOn,
    requests: member.requests,
    cost: member.cost && { amount: member.cost.amount, currency: member.cost.currency },
    addedAt: member.addedAt,
  }
}

function keyFacts(key: OwnedKey): Omit<KeyEvidence, 'cost' | 'syncId' | 'syncedAt' | 'change'> {
  const { project, owner } = key
  return {
    kind: key.kind,
    name: wellFormed(key.name),
    hint: wellFormed(key.hint),
    project: project && { id: project.id, name: wellFormed(project.name) },
    owner: owner && {
      kind: owner.kind,
      id: owner.id,
      email: wellFormed(owner.email),
      name: wellFormed(owner.name),
      status: owner.status,
    },
    createdAt: key.createdAt,
    lastUsedOn: key.lastUsedOn,
    expiresAt: key.expiresAt,
    status: key.status,
  }
}
