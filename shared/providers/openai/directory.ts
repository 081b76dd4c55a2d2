import type { AccountStatus, DirectoryPerson, ProjectMembership } from '../../data-sets/directory/directory-person.ts'
import type { HttpClient } from '../http/http-client.ts'
import { readCursorList } from '../http/cursor-list.ts'
import { userListSchema, type UserReply } from './schemas.ts'
import { isoOf, isoOrNull, textOf } from './values.ts'

/** OpenAI's maximum page size. A larger one is answered with 400. */
const PEOPLE_PER_PAGE = 100

/**
 * Reads all people of the directory, each id once. An unknown cursor is answered with 404 as reported, with 400 elsewhere in
 * this API. https://platform.openai.com/docs/api-reference/users/list
 */
export async function readDirectory(
  client: HttpClient,
  onPage?: (peopleRead: number) => void,
): Promise<DirectoryPerson[]> {
  const getPage = (after?: string) => getUsers(client, PEOPLE_PER_PAGE, after)
  return readCursorList({ dataSet: 'directory', getPage, toEntry: personOf, onPage })
}

/** The first page of the directory. */
export async function readFirstPage(client: HttpClient): Promise<DirectoryPerson[]> {
  const { data } = await getUsers(client, PEOPLE_PER_PAGE)
  return [...new Map(data.map((user) => [user.id, personOf(user)])).values()]
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
    email: reply.email ?? reply.user?.email ?? null,
    name: reply.name ?? reply.user?.name ?? null,
    role: reply.role,
    accountStatus: accountStatusOf(reply.user ?? {}),
    scimManaged: reply.is_scim_managed === true,
    addedAt: reply.addedAt === null ? null : isoOf(reply.addedAt),
    apiKeyLastUsedAt: isoOrNull(reply.api_key_last_used_at),
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
    return id === null ? [] : [{ id, name: project.name, role: project.role }]
  })
}
