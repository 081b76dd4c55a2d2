import { costOfUser } from './costs.ts'
import type { Model, ModelPublished } from './model.ts'
import { keyUsesOf, lastLoginOf } from './lists.ts'
import type { ModelNumbers, ModelPerson } from './organization.ts'
import { sumOf as printsSumOf } from './prints.ts'
import {
  dayAfter,
  isOtherUse,
  lastActivityOf,
  isOwner,
  kindNamedBy,
  licenseOf,
  order,
  seatOf,
  statusOf,
  sumOf,
} from './rules.ts'

/** A user as an answer shows them. */
export interface ModelUser extends ModelNumbers {
  readonly id: string
  readonly kind: string
  readonly email: string | null
  readonly name: string | null
  readonly role: string | null
  readonly accountStatus: string
  readonly seat: { readonly type: string; readonly reason: string } | null
  readonly license: string | null
  readonly lastActiveOn: string | null
  readonly lastActivitySource: string | null
  readonly lastLoginOn: string | null
  readonly addedAt: string | null
  readonly removedAt: string | null
  readonly projects: ModelPerson['projects']
  readonly dailyRequests: readonly number[]
  /** Of other kinds. */
  readonly otherRequests: number
  readonly cost: { readonly amount: string; readonly currency: string } | null
  /** Missing where nobody reads prints. */
  readonly pages?: number
}

export type ModelSortField = 'name' | 'email' | 'role' | 'lastActiveOn' | 'requests' | 'cost' | 'addedAt' | 'removedAt'

/** The parameters of a list of users, as they stand in the query. */
export interface ModelUsersQuery {
  readonly q?: string
  readonly role?: string
  readonly excludeRole?: string
  readonly owner?: 'true' | 'false'
  readonly seat?: string
  readonly license?: string
  readonly accountStatus?: string
  readonly kind?: string
  readonly idleDays?: number
  readonly sort?: ModelSortField | `-${ModelSortField}`
}

/** Counted once for each publication and its domains: the answers to compare are many, the publications few. */
const counted = new WeakMap<ModelPublished, Map<string, readonly ModelUser[]>>()

/** Everybody that the last successful sync knows, by id. */
export function allUsers({ published, domains, hasPrints }: Model): readonly ModelUser[] {
  if (published === null) return []
  const byDomains = counted.get(published) ?? new Map<string, readonly ModelUser[]>()
  counted.set(published, byDomains)
  const users = byDomains.get(domains.join()) ?? usersOf(published, { domains, hasPrints })
  byDomains.set(domains.join(), users)
  return users
}

function usersOf(published: ModelPublished, context: Pick<Model, 'domains' | 'hasPrints'>): ModelUser[] {
  const services = new Set(published.people.filter((person) => person.isServiceAccount).map((person) => person.id))
  const others = (published.others?.rows ?? []).filter((row) => isOtherUse(row))
  const peopleUsedIt = [...published.usage.filter(({ requests }) => requests > 0), ...others].some(
    (row) => row.userId !== null && !services.has(row.userId) && kindNamedBy(row.userId) === null,
  )
  return published.people.map((person) => userOf(person, published, { ...context, peopleUsedIt }))
}

/** The users that a query asks for, in its order. */
export function usersBy(model: Model, query: ModelUsersQuery): ModelUser[] {
  const { accountStatus = 'active', kind = 'person', sort = 'name', q, idleDays } = query
  const found = allUsers(model).filter(
    (user) =>
      (accountStatus === 'any' || user.accountStatus === accountStatus) &&
      (kind === 'any' || user.kind === kind) &&
      (query.role === undefined || user.role?.toLowerCase() === query.role.toLowerCase()) &&
      (query.excludeRole === undefined || user.role?.toLowerCase() !== query.excludeRole.toLowerCase()) &&
      (query.owner === undefined || (query.owner === 'true') === isOwner(user)) &&
      (query.seat === undefined || user.seat?.type === query.seat) &&
      (query.license === undefined || user.license === query.license) &&
      (q === undefined || searched(`${user.name ?? ''}\n${user.email ?? ''}`).includes(searched(q))) &&
      (idleDays === undefined || isIdle(user, idleDays, model.published?.window.to ?? '')),
  )
  const sign = sort.startsWith('-') ? -1 : 1
  return found.toSorted((left, right) => {
    const [one, other] = [sortValue(left, sort), sortValue(right, sort)]
    if (one === null || other === null) return Number(one === null) - Number(other === null) || order(left.id, right.id)
    return sign * compare(one, other, sort) || order(left.id, right.id)
  })
}

function userOf(
  person: ModelPublished['people'][number],
  published: ModelPublished,
  context: Pick<Model, 'domains' | 'hasPrints'> & { readonly peopleUsedIt: boolean },
): ModelUser {
  const { window, prints } = published
  const printed = prints?.rows.filter((row) => row.userId === person.id) ?? []
  const rows = published.usage.filter((row) => row.userId === person.id)
  const others = published.others?.rows.filter((row) => row.userId === person.id) ?? []
  const inWindow = others.filter(({ day }) => window.from <= day && day <= window.to)
  const activity = lastActivityOf(person, rows, others, keyUsesOf(published, person.id))
  const seat = seatOf(person, context.domains)
  const lastActiveOn = activity?.on ?? null
  return {
    id: person.id,
    kind: person.isServiceAccount ? 'service_account' : 'person',
    email: person.email,
    name: person.name,
    role: person.role,
    accountStatus: statusOf(person),
    seat,
    license: licenseOf({ seat, lastActiveOn, window, peopleUsedIt: context.peopleUsedIt }),
    lastActiveOn,
    lastActivitySource: activity?.source ?? null,
    lastLoginOn: lastLoginOf(published, person.id),
    ...sumOf(rows),
    otherRequests: inWindow.reduce((sum, row) => sum + row.requests, 0),
    cost: costOfUser(published, person.id),
    ...(context.hasPrints && printsSumOf(printed)),
    addedAt: person.addedAt === null ? null : new Date(person.addedAt * 1000).toISOString(),
    removedAt: person.removedAt,
    projects: person.projects,
    dailyRequests: published.days.map((day) => sumOf(rows.filter((row) => row.day === day)).requests),
  }
}

/** “Without regard to case, accents or Unicode form”; ł is the one letter among the model's people that takes more. */
function searched(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replaceAll('ł', 'l')
}

/** “Text sorts by `Intl.Collator('en')`”: what people wrote, and no days and instants. */
function compare(one: string | number, other: string | number, sort: string): number {
  const isWritten = ['name', 'email', 'role'].includes(sort.replace('-', ''))
  return isWritten ? new Intl.Collator('en').compare(String(one), String(other)) : order(one, other)
}

/** “Seated, added over n days ago (null: long ago), no activity in the last n.” The last n days end with the window. */
function isIdle(user: ModelUser, days: number, lastDay: string): boolean {
  const since = dayAfter(lastDay, 1 - days)
  const wasSeen = user.lastActiveOn !== null && user.lastActiveOn >= since
  return user.seat !== null && (user.addedAt === null || user.addedAt.slice(0, 10) < since) && !wasSeen
}

function sortValue(user: ModelUser, sort: string): string | number | null {
  switch (sort.replace('-', '')) {
    case 'name':
      return user.name
    case 'email':
      return user.email
    case 'role':
      return user.role
    case 'lastActiveOn':
      return user.lastActiveOn
    case 'requests':
      return user.requests
    case 'cost':
      return user.cost && Number(user.cost.amount)
    case 'addedAt':
      return user.addedAt
    default:
      return user.removedAt
  }
}
