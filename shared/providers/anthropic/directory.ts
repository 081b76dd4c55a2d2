import type { DirectoryPerson } from '../../data-sets/directory/directory-person.ts'
import { readCursorList } from '../http/cursor-list.ts'
import type { HttpClient } from '../http/http-client.ts'
import { getPage, PER_PAGE } from './lists.ts'
import { type UserReply, userListSchema } from './schemas.ts'

/** Reads all people of the directory, each id once. https://docs.claude.com/en/api/admin-api/users/list-users */
export async function readDirectory(
  client: HttpClient,
  onPage?: (peopleRead: number) => void,
): Promise<DirectoryPerson[]> {
  return readCursorList({
    dataSet: 'directory',
    getPage: (after) => getUsers(client, PER_PAGE, after),
    toEntry: personOf,
    onPage,
  })
}

/** The first page of the directory. */
export async function readFirstPage(client: HttpClient): Promise<DirectoryPerson[]> {
  const { data } = await getUsers(client, PER_PAGE)
  return [...new Map(data.map((user) => [user.id, personOf(user)])).values()]
}

/** Requests one page of the directory: the first, or the one after a user. */
export function getUsers(client: HttpClient, limit: number, after?: string) {
  return getPage(client, { dataSet: 'directory', path: 'users', schema: userListSchema }, { limit, after })
}

/** Anthropic reports no status, no use of keys and no membership of workspaces here. */
function personOf({ id, email, name, role, added_at: addedAt }: UserReply): DirectoryPerson {
  return {
    userId: id,
    kind: 'person',
    email,
    name,
    role,
    accountStatus: 'active',
    scimManaged: false,
    addedAt,
    apiKeyLastUsedAt: null,
    projects: null,
  }
}
