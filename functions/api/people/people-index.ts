import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import { LRU } from 'tiny-lru'
import type { SortedList } from '../../../shared/data-sets/sorted-list.ts'
import { directory } from '../../../shared/data-sets/directory/directory.ts'
import { keys } from '../../../shared/data-sets/keys/keys.ts'
import { workingKeys } from '../../../shared/data-sets/keys/working-keys.ts'
import { Membership, type PersonOrganization } from '../../../shared/people/membership.ts'
import { joinPeople, type Person } from '../../../shared/people/person.ts'
import type { Roster } from '../../../shared/people/roster.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { readingOf } from '../data/as-of.ts'
import type { OrganizationData, SnapshotCache } from '../data/snapshot-cache.ts'
import type { RosterCache } from '../roster/roster-cache.ts'

/** The people of a query are kept for its next pages. A list has references: 800 KB for 100,000 people. */
const LISTS_KEPT = 8
/** Enough that no two of billions of people have the same id. */
const ID_LENGTH = 22

/** The people of all organizations. */
export interface PeopleData {
  readonly people: readonly Person[]
  /** All visible integrations, those without a reading too. */
  readonly organizations: readonly OrganizationData[]
  /** Null if none was uploaded. */
  readonly roster: Roster | null
}

/** The id of a person, of a text that no other person has (`identityOf`). */
export type PersonIds = (identity: string) => string

/** Joins the summaries of all organizations. People are joined again only when a summary, the roster, or what is shown of an integration, changed. */
export class PeopleIndex {
  private readonly deps: ApiDependencies
  private readonly summaries: SnapshotCache
  private readonly roster: RosterCache
  private secret: Promise<KeyObject> | undefined
  private joined: PeopleData = { people: [], organizations: [], roster: null }
  /** Of the joined people. */
  private readonly lists = new LRU<SortedList<Person>>(LISTS_KEPT)

  constructor(deps: ApiDependencies, summaries: SnapshotCache, roster: RosterCache) {
    this.deps = deps
    this.summaries = summaries
    this.roster = roster
  }

  /** All people, in no particular order. */
  async read(): Promise<PeopleData> {
    const [{ organizations, roster }, idOf] = await Promise.all([this.readOrganizations(), this.readIds()])
    const { joined } = this
    if (joined.roster === roster && areSame(joined.organizations, organizations)) return { ...joined, organizations }
    const memberships = organizations.flatMap(membershipsIn)
    const people = joinPeople(memberships, { idOf, roster })
    this.joined = { people, organizations, roster }
    this.lists.clear()
    return this.joined
  }

  /** The same without joining people. */
  async readOrganizations(): Promise<Omit<PeopleData, 'people'>> {
    const [organizations, roster] = await Promise.all([this.summaries.readAll(), this.roster.read()])
    return { organizations, roster }
  }

  /** What makes the id of a person of their identity. */
  async readIds(): Promise<PersonIds> {
    const secret = await this.readSecret()
    return (identity) => personIdOf(secret, identity)
  }

  /** The people of a query. `select` is called when they are not known. */
  listed(
    { people }: PeopleData,
    query: object,
    select: (people: readonly Person[]) => SortedList<Person>,
  ): SortedList<Person> {
    // Another request can have joined newer people meanwhile.
    if (people !== this.joined.people) return select(people)
    const key = JSON.stringify(query)
    const list = this.lists.get(key) ?? select(people)
    this.lists.set(key, list)
    return list
  }

  /** A failed reading is not kept. */
  private async readSecret(): Promise<KeyObject> {
    // With bytes in place of a key, each of a hundred thousand ids would take five times as long.
    this.secret ??= this.deps.personSecret.readSecret().then((secret) => createSecretKey(secret))
    try {
      return await this.secret
    } catch (error) {
      this.secret = undefined
      throw error
    }
  }
}

function membershipsIn(data: OrganizationData): Membership[] {
  const { integration, loaded } = data
  const reading = readingOf(data, directory.id)
  if (loaded === null || reading === null) return []
  const { id: integrationId, name: integrationName, provider } = integration
  let counts: ReadonlyMap<string, number> | null | undefined
  const organization: PersonOrganization = {
    integrationId,
    integrationName,
    provider,
    to: reading.to,
    derivation: loaded.derivation,
    workingKeysOf: (userId) => {
      if (counts === undefined) counts = workingKeysIn(data)
      return counts && (counts.get(userId) ?? 0)
    },
  }
  return loaded.snapshot.people.map((person, place) => new Membership(organization, person, place))
}

/** How many keys of each owner work. Null if the keys were not read. */
function workingKeysIn(data: OrganizationData): ReadonlyMap<string, number> | null {
  const reading = readingOf(data, keys.id)
  if (data.loaded === null || reading === null) return null
  return workingKeys(data.loaded.keys(reading))
}

/** True when the same people follow from both. */
function areSame(left: readonly OrganizationData[], right: readonly OrganizationData[]): boolean {
  return (
    left.length === right.length &&
    left.every((one, at) => {
      const other = right[at]
      return (
        one.loaded === other?.loaded &&
        one.integration.name === other.integration.name &&
        one.published?.dataSets.directory.window.to === other.published?.dataSets.directory.window.to &&
        one.published?.dataSets['keys']?.syncedAt === other.published?.dataSets['keys']?.syncedAt
      )
    })
  )
}

/** The id of a person: it says nothing about the address to those who do not know the secret. */
function personIdOf(secret: KeyObject, identity: string): string {
  return createHmac('sha256', secret).update(identity).digest('base64url').slice(0, ID_LENGTH)
}
