import type * as z from 'zod'
import { accountStatusOf, type DirectoryPerson, type ProjectMembership } from '../domain/directory-person.ts'
import type { AdminApiClient } from './admin-api-client.ts'
import { unexpectedReply } from './errors.ts'
import { userListSchema, type UserReply } from './schemas.ts'

/** The most a page may hold; more is answered with 400. */
const PEOPLE_PER_PAGE = 100
/** A million people. Past it, a listing is taken to go round in circles. */
const MAX_PAGES = 10_000

/** So many pages in a row that name nobody new, and a listing is taken to have no end. */
const EMPTY_PAGES_IN_A_ROW = 10
/** A listing whose order changed while it was read is read again, so often at most. */
const READINGS = 3

/** One reading of the list, from its beginning to its end. */
interface Reading {
  readonly people: ReadonlyMap<string, DirectoryPerson>
  /** Somebody came twice, and not as the cursor: others may have been passed over. */
  readonly hasShifted: boolean
}

/**
 * Everybody in the directory. Somebody met twice counts once, as read last; but when the list's order changed while it
 * was read, somebody else may have been passed over, and would be taken for removed: then it is read again, until one
 * reading did not shift or two found the same people. https://platform.openai.com/docs/api-reference/users/list
 */
export async function readDirectory(
  client: AdminApiClient,
  onPage?: (peopleRead: number) => void,
): Promise<DirectoryPerson[]> {
  let reading = await readOnce(client, onPage)
  for (let readings = 1; reading.hasShifted; readings++) {
    if (readings === READINGS) throw unexpectedReply('directory', 'its order changes while it is read')
    const before = reading
    reading = await readOnce(client, onPage)
    if (haveSamePeople(before, reading)) break
  }
  return [...reading.people.values()]
}

async function readOnce(client: AdminApiClient, onPage?: (peopleRead: number) => void): Promise<Reading> {
  const people = new Map<string, DirectoryPerson>()
  const cursors = new Set<string>()
  let after: string | null = null
  let hasShifted = false
  let emptyPages = 0
  for (let page = 0; page < MAX_PAGES; page++) {
    const reply = await getUsers(client, PEOPLE_PER_PAGE, after)
    const knownBefore = people.size
    for (const user of reply.data) {
      hasShifted ||= people.has(user.id) && user.id !== after
      people.set(user.id, personOf(user))
    }
    onPage?.(people.size)
    if (!reply.has_more) return { people, hasShifted }
    emptyPages = people.size === knownBefore ? emptyPages + 1 : 0
    if (emptyPages === EMPTY_PAGES_IN_A_ROW) throw unexpectedReply('directory', 'pages with nobody new have no end')
    after = nextCursor(reply, cursors)
    cursors.add(after)
  }
  throw unexpectedReply('directory', `more than ${MAX_PAGES} pages`)
}

/** What to ask for the next page by. Throws `ProviderError` when there is nothing, or it was asked by before. */
function nextCursor(reply: z.output<typeof userListSchema>, used: ReadonlySet<string>): string {
  const after = reply.data.at(-1)?.id ?? reply.last_id
  if (after === null) throw unexpectedReply('directory', 'more is announced, and nothing to ask for it by')
  if (used.has(after)) throw unexpectedReply('directory', 'the list goes round in circles')
  return after
}

function haveSamePeople(one: Reading, other: Reading): boolean {
  return one.people.size === other.people.size && [...one.people.keys()].every((id) => other.people.has(id))
}

/** One page of the directory. */
export function getUsers(client: AdminApiClient, limit: number, after: string | null) {
  const query: [string, string][] = [['limit', String(limit)]]
  if (after !== null) query.push(['after', after])
  return client.get({ dataset: 'directory', path: '/organization/users', query, schema: userListSchema })
}

function personOf(reply: UserReply): DirectoryPerson {
  return {
    userId: reply.id,
    kind: reply.is_service_account === true ? 'service_account' : 'person',
    email: textOf(reply.email) ?? textOf(reply.user?.email),
    name: textOf(reply.name) ?? textOf(reply.user?.name),
    role: textOf(reply.role),
    accountStatus: accountStatusOf({ banned: reply.user?.banned ?? null, enabled: reply.user?.enabled ?? null }),
    scimManaged: reply.is_scim_managed === true,
    addedAt: isoOf(reply.addedAt),
    // Zero, too, stands for never.
    apiKeyLastUsedAt: reply.api_key_last_used_at ? isoOf(reply.api_key_last_used_at) : null,
    projects: projectsOf(reply),
  }
}

function projectsOf(reply: UserReply): ProjectMembership[] | null {
  const projects = reply.projects?.data ?? null
  if (projects === null) return null
  return projects.flatMap((project) => {
    const id = textOf(project.id)
    return id === null ? [] : [{ id, name: textOf(project.name), role: textOf(project.role) }]
  })
}

function textOf(text: string | null | undefined): string | null {
  return text?.trim() || null
}

function isoOf(unixSeconds: number): string {
  return new Date(unixSeconds * 1000).toISOString()
}
