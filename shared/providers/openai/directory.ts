import type * as z from 'zod'
import type { AccountStatus, DirectoryPerson, ProjectMembership } from '../../data-sets/directory/directory-person.ts'
import type { HttpClient } from '../http/http-client.ts'
import { RequestRefusedError, unexpectedReply } from '../http/errors.ts'
import { userListSchema, type UserReply } from './schemas.ts'

/** OpenAI's maximum page size. A larger one is answered with 400. */
const PEOPLE_PER_PAGE = 100
/** A million people. A longer listing is considered endless. */
const MAX_PAGES = 10_000

/** After this many consecutive pages without new people, a listing is considered endless. */
const EMPTY_PAGES_IN_A_ROW = 10
/** How often a listing is read at most when its order changes meanwhile. */
const SHIFTED_AT_MOST = 3
/** How often a listing is read again at most when it cannot be continued because the cursor's user has left. */
const BROKEN_OFF_AT_MOST = 3

/** OpenAI's statuses for an unknown cursor: 404 as reported, 400 elsewhere in this API. */
const UNKNOWN_CURSOR = [400, 404]

/** One complete reading of the list. */
interface Reading {
  readonly people: ReadonlyMap<string, DirectoryPerson>
  /** A user other than the cursor's occurred twice, so others may have been missed. */
  readonly hasShifted: boolean
}

/**
 * Reads all people of the directory. A person who occurs twice counts once, as read last. If the list's order changed
 * meanwhile, others may have been missed and would count as removed. Then the list is read again, until a reading did not
 * shift or two readings found the same people. If the cursor's person leaves, it is read again from its start.
 * https://platform.openai.com/docs/api-reference/users/list
 */
export async function readDirectory(
  client: HttpClient,
  onPage?: (peopleRead: number) => void,
): Promise<DirectoryPerson[]> {
  let before: Reading | undefined
  let shifted = 0
  let brokenOff = 0
  for (;;) {
    const reading = await readOnce(client, onPage)
    if (reading === 'broken_off') {
      brokenOff += 1
      if (brokenOff > BROKEN_OFF_AT_MOST)
        throw unexpectedReply('directory', 'the user to go on after is unknown each time')
      continue
    }
    const isSeenAgain = before !== undefined && haveSamePeople(before, reading)
    if (!reading.hasShifted || isSeenAgain) return [...reading.people.values()]
    shifted += 1
    if (shifted === SHIFTED_AT_MOST) throw unexpectedReply('directory', 'its order changes while it is read')
    before = reading
  }
}

/** The first page of the directory. */
export async function readFirstPage(client: HttpClient): Promise<DirectoryPerson[]> {
  const { data } = await getUsers(client, PEOPLE_PER_PAGE)
  return [...new Map(data.map((user) => [user.id, personOf(user)])).values()]
}

async function readOnce(client: HttpClient, onPage?: (peopleRead: number) => void): Promise<Reading | 'broken_off'> {
  const people = new Map<string, DirectoryPerson>()
  const cursors = new Set<string>()
  let after: string | undefined
  let hasShifted = false
  let emptyPages = 0
  for (let page = 0; page < MAX_PAGES; page++) {
    const reply = await getPage(client, after)
    if (reply === 'unknown_cursor') return 'broken_off'
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

async function getPage(client: HttpClient, after: string | undefined) {
  try {
    return await getUsers(client, PEOPLE_PER_PAGE, after)
  } catch (error) {
    const isRefused = error instanceof RequestRefusedError && UNKNOWN_CURSOR.includes(error.status)
    if (after === undefined || !isRefused) throw error
    return 'unknown_cursor'
  }
}

/** The cursor of the next page. Throws `ProviderError` when it is missing or was used before. */
function nextCursor(reply: z.output<typeof userListSchema>, used: ReadonlySet<string>): string {
  const after = reply.data.at(-1)?.id ?? reply.last_id
  if (after === null) throw unexpectedReply('directory', 'more is announced, and nothing to ask for it by')
  if (used.has(after)) throw unexpectedReply('directory', 'the list goes round in circles')
  return after
}

function haveSamePeople(one: Reading, other: Reading): boolean {
  return one.people.size === other.people.size && [...one.people.keys()].every((id) => other.people.has(id))
}

/** Requests one page of the directory: the first, or the one after a user. */
export function getUsers(client: HttpClient, limit: number, after?: string) {
  const query: [string, string][] = [['limit', String(limit)]]
  if (after !== undefined) query.push(['after', after])
  return client.get({ dataSet: 'directory', path: '/organization/users', query, schema: userListSchema })
}

function personOf(reply: UserReply): DirectoryPerson {
  return {
    userId: reply.id,
    kind: reply.is_service_account === true ? 'service_account' : 'person',
    email: textOf(reply.email) ?? textOf(reply.user?.email),
    name: textOf(reply.name) ?? textOf(reply.user?.name),
    role: textOf(reply.role),
    accountStatus: accountStatusOf(reply.user ?? {}),
    scimManaged: reply.is_scim_managed === true,
    addedAt: reply.addedAt === null ? null : isoOf(reply.addedAt),
    // Zero also means never.
    apiKeyLastUsedAt: reply.api_key_last_used_at ? isoOf(reply.api_key_last_used_at) : null,
    projects: projectsOf(reply),
  }
}

/** The user object has two flags. Either can be absent. */
function accountStatusOf({ banned, enabled }: NonNullable<UserReply['user']> | Record<string, never>): AccountStatus {
  if (banned === true) return 'banned'
  return enabled === false ? 'disabled' : 'active'
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
