import { accountStatusOf, type DirectoryPerson } from '../domain/directory-person.ts'
import { ProviderError } from '../domain/problem.ts'
import type { AdminApiClient } from './admin-api-client.ts'
import { userPageSchema, type ListedUser, type UserPage } from './schemas.ts'

const PAGE_SIZE = 100
const PAGE_BYTES_AT_MOST = 16 * 1024 * 1024
const PAGES_AT_MOST = 10_000

/**
 * Reads all pages of the directory; an id that comes twice counts once, as it came last. Throws `ProviderError`, also
 * when the pages do not lead to an end. Source: https://platform.openai.com/docs/api-reference/users/list
 */
export async function readDirectory(
  client: AdminApiClient,
  onPage?: (peopleRead: number) => void,
): Promise<DirectoryPerson[]> {
  const people = new Map<string, DirectoryPerson>()
  const cursors = new Set<string>()
  let after: string | null = null
  for (let page = 0; page < PAGES_AT_MOST; page += 1) {
    const reply: UserPage = await client.get({
      path: '/organization/users',
      query: [['limit', String(PAGE_SIZE)], ...(after === null ? [] : ([['after', after]] as const))],
      schema: userPageSchema,
      dataset: 'directory',
      maxBytes: PAGE_BYTES_AT_MOST,
    })
    for (const user of reply.data) people.set(user.id, toDirectoryPerson(user))
    onPage?.(people.size)
    if (!reply.has_more) return [...people.values()]
    after = reply.data.at(-1)?.id ?? reply.last_id ?? null
    if (after === null || cursors.has(after)) break
    cursors.add(after)
  }
  throw new ProviderError('unexpected_reply', 'directory', { note: 'The pages of the directory lead to no end.' })
}

function toDirectoryPerson(user: ListedUser): DirectoryPerson {
  return {
    userId: user.id,
    kind: user.is_service_account === true ? 'service_account' : 'person',
    email: said(user.email) ?? said(user.user?.email),
    name: said(user.name) ?? said(user.user?.name),
    role: said(user.role),
    accountStatus: accountStatusOf({ banned: user.user?.banned ?? null, enabled: user.user?.enabled ?? null }),
    scimManaged: user.is_scim_managed === true,
    addedAt: toIso(user.added_at),
    apiKeyLastUsedAt: user.api_key_last_used_at == null ? null : toIso(user.api_key_last_used_at),
    projects: user.projects?.data.map(({ id, name, role }) => ({ id, name: said(name), role: said(role) })) ?? null,
  }
}

/** Empty is as good as absent. */
function said(text: string | null | undefined): string | null {
  const trimmed = text?.trim()
  return trimmed === undefined || trimmed === '' ? null : trimmed
}

function toIso(unixSeconds: number): string {
  return new Date(unixSeconds * 1000).toISOString()
}
