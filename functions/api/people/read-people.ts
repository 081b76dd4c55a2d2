import { personColumns } from '../../../shared/contracts/people-columns.ts'
import type { PeopleQuery, WirePeople, WirePerson } from '../../../shared/contracts/people-contract.ts'
import { SortedList } from '../../../shared/data-sets/sorted-list.ts'
import { filterPeople, PEOPLE_SORT_FIELDS, peopleOrder } from '../../../shared/people/people-query.ts'
import type { Membership } from '../../../shared/people/membership.ts'
import type { Person } from '../../../shared/people/person.ts'
import { NotFoundError } from '../http/api-errors.ts'
import { type CsvAnswer, toCsv } from '../http/csv.ts'
import { listPage } from '../http/list-page.ts'
import type { PeopleData, PeopleIndex } from './people-index.ts'

/** A page of people over all organizations. */
export async function listPeople(index: PeopleIndex, query: PeopleQuery): Promise<WirePeople> {
  const data = await index.read()
  const scope = { operationId: 'listPeople', integrationId: null, query }
  const { items, ...page } = listPage(scope, selected(index, data, query), orderOf(query))
  return {
    items: items.map(toWirePerson),
    ...page,
    rosterEntries: data.roster?.size ?? null,
    oldestSyncedAt: oldestSyncedAt(data),
  }
}

/** All people of a query, as CSV: a row for each membership. */
export async function exportPeople(index: PeopleIndex, query: PeopleQuery): Promise<CsvAnswer> {
  const people = selected(index, await index.read(), query).all.map(toWirePerson)
  const rows = people.flatMap((person) => person.memberships.map((membership) => ({ person, membership })))
  return { text: toCsv(personColumns, rows), fileName: 'rollcall-people.csv', asOf: null }
}

/** One person. Throws `NotFoundError`. */
export async function getPerson(index: PeopleIndex, personId: string): Promise<WirePerson> {
  const { people } = await index.read()
  const person = people.find(({ id }) => id === personId)
  if (person === undefined) throw new NotFoundError('person')
  return toWirePerson(person)
}

function selected(index: PeopleIndex, data: PeopleData, query: PeopleQuery): SortedList<Person> {
  const { limit: _limit, cursor: _cursor, format: _format, ...selection } = query
  return index.listed(data, selection, (people) => new SortedList(filterPeople(people, query), orderOf(query)))
}

/** `-requests` shows those with the most first. */
function orderOf({ sort }: PeopleQuery) {
  const field = PEOPLE_SORT_FIELDS.find((each) => sort === each || sort === `-${each}`)
  return peopleOrder(field ?? 'name', sort.startsWith('-'))
}

/** When the oldest of the shown readings of directories was published. Null before the first one. */
export function oldestSyncedAt({ organizations }: Pick<PeopleData, 'organizations'>): string | null {
  const times = organizations.flatMap(({ published }) => published?.dataSets.directory.syncedAt ?? [])
  return times.toSorted()[0] ?? null
}

function toWirePerson(person: Person): WirePerson {
  const { id, email, name, department, manager, lastActiveOn, requests, costs, memberships } = person
  return {
    id,
    email,
    name,
    department,
    manager,
    lastActiveOn,
    requests,
    costs,
    memberships: memberships.map(toWireMembership),
  }
}

function toWireMembership({ organization, user, workingKeys }: Membership): WirePerson['memberships'][number] {
  return {
    integrationId: organization.integrationId,
    integrationName: organization.integrationName,
    provider: organization.provider,
    userId: user.id,
    role: user.role,
    accountStatus: user.accountStatus,
    seat: user.seat,
    license: user.license,
    lastActiveOn: user.lastActiveOn,
    requests: user.requests,
    cost: user.cost,
    keys: workingKeys,
  }
}
