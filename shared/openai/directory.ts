import { accountStatusOf, type DirectoryPerson, type ProjectMembership } from '../domain/directory-person.ts'
import type { AdminApiClient } from './admin-api-client.ts'
import { unexpectedReply } from './errors.ts'
import { userListSchema, type UserReply } from './schemas.ts'

/** The most a page may hold; more is answered with 400. */
const PEOPLE_PER_PAGE = 100
/** A million people. Past it, a listing is taken to go round in circles. */
const MAX_PAGES = 10_000

/**
 * Everybody in the directory. An id met twice (the list shifted while it was read) counts once, as read last.
 * https://platform.openai.com/docs/api-reference/users/list
 */
export async function readDirectory(
  client: AdminApiClient,
  onPage?: (peopleRead: number) => void,
): Promise<DirectoryPerson[]> {
  const people = new Map<string, DirectoryPerson>()
  const cursors = new Set<string>()
  let after: string | null = null
  for (let page = 0; page < MAX_PAGES; page++) {
    const reply = await getUsers(client, PEOPLE_PER_PAGE, after)
    for (const user of reply.data) people.set(user.id, personOf(user))
    onPage?.(people.size)
    if (!reply.has_more) return [...people.values()]
    after = reply.data.at(-1)?.id ?? reply.last_id
    if (after === null) throw unexpectedReply('directory', 'more is announced, and nothing to ask for it by')
    if (cursors.has(after)) throw unexpectedReply('directory', 'the list goes round in circles')
    cursors.add(after)
  }
  throw unexpectedReply('directory', `more than ${MAX_PAGES} pages`)
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
