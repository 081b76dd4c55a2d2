import pLimit from 'p-limit'
import { type KeyOwner, type KeysItem, type ListedKey, type UnreadKeys } from '../../data-sets/keys/keys.ts'
import { ProviderError } from '../../domain/problem.ts'
import { readCursorList } from '../http/cursor-list.ts'
import { unexpectedReply } from '../http/errors.ts'
import type { HttpClient } from '../http/http-client.ts'
import { LIST_PATIENCE, PartReader } from '../http/part-reader.ts'
import type { ListReading } from '../provider.ts'
import {
  type AdminKeyReply,
  adminKeyListSchema,
  type ProjectKeyReply,
  projectKeyListSchema,
  projectListSchema,
  type ProjectReply,
} from './schemas.ts'
import { isoOrNull, textOf } from './values.ts'

/** OpenAI's maximum page size. */
const PER_PAGE = 100
/** Each project is a request or more. More at once would only meet the rate limit sooner. */
const PROJECTS_AT_ONCE = 6

const DATA_SET = 'keys'

type Project = NonNullable<ListedKey['project']>

/**
 * Reads the keys of all projects that are not archived, and the Admin keys: at least one request for each, beside those for the
 * list of projects. A project that fails does not fail the others: an item names it. `PartReader` says how long they are waited
 * for. If all fail, throws the first `ProviderError`. `onPage` is called with the projects read, the Admin keys as one of them.
 */
export async function readKeys(
  client: HttpClient,
  onPage?: (projectsRead: number, projects: number) => void,
): Promise<ListReading<KeysItem>> {
  const projects = await readProjects(client.withPatience(LIST_PATIENCE))
  const reader = new PartReader(client)
  const limit = pLimit(PROJECTS_AT_ONCE)
  let done = 0
  const report = () => onPage?.(done, projects.length + 1)
  report()
  const readPart = (project: Project | null) =>
    limit(async () => {
      const keys = await reader.read((patient) =>
        project === null ? readAdminKeys(patient) : readProjectKeys(patient, project),
      )
      done += 1
      report()
      return { project, keys }
    })
  const parts = await Promise.all([null, ...projects].map((project) => readPart(project)))
  const [failed] = parts.flatMap(({ keys }) => (keys instanceof ProviderError ? [keys] : []))
  if (failed !== undefined && parts.every(({ keys }) => keys instanceof ProviderError)) throw failed
  const items = parts.flatMap(({ project, keys }): KeysItem[] =>
    keys instanceof ProviderError ? [unread(project, keys)] : keys,
  )
  const rows = parts.reduce((sum, { keys }) => sum + (keys instanceof ProviderError ? 0 : keys.length), 0)
  return { items, rows, isComplete: failed === undefined }
}

/** Requests one page of projects: the first, or the one after a project. https://platform.openai.com/docs/api-reference/projects/list */
export function getProjects(client: HttpClient, limit: number, after?: string) {
  const query = pageQuery(limit, after)
  return client.get({ dataSet: DATA_SET, path: '/organization/projects', query, schema: projectListSchema })
}

/** Archived projects answer 400 when they are asked for their keys, and their keys do not work. */
async function readProjects(client: HttpClient): Promise<Project[]> {
  const getPage = (after?: string) => getProjects(client, PER_PAGE, after)
  const toEntry = (reply: ProjectReply) => (isArchived(reply) ? null : { id: reply.id, name: reply.name })
  const read = await readCursorList({ dataSet: DATA_SET, getPage, toEntry })
  return read.filter((project) => project !== null)
}

function isArchived({ archived_at: archivedAt, status }: ProjectReply): boolean {
  return Boolean(archivedAt) || status?.toLowerCase() === 'archived'
}

/** An id as a segment of a path. Throws `ProviderError` for dots, which would lead to another path, and for broken text. */
function segmentOf(id: string): string {
  if (/^\.{1,2}$/.test(id) || !id.isWellFormed()) throw unexpectedReply(DATA_SET, 'an id that no path can hold')
  return encodeURIComponent(id)
}

/** Without `owner_project_access=any`, keys of owners without access are hidden. https://platform.openai.com/docs/api-reference/project-api-keys/list */
async function readProjectKeys(client: HttpClient, project: Project): Promise<ListedKey[]> {
  const path = `/organization/projects/${segmentOf(project.id)}/api_keys`
  const getPage = (after?: string) => {
    const query = [...pageQuery(PER_PAGE, after), ['owner_project_access', 'any'] as const]
    return client.get({ dataSet: DATA_SET, path, query, schema: projectKeyListSchema })
  }
  return readCursorList({ dataSet: DATA_SET, getPage, toEntry: (reply) => projectKeyOf(reply, project) })
}

/** https://platform.openai.com/docs/api-reference/admin-api-keys/list */
function readAdminKeys(client: HttpClient): Promise<ListedKey[]> {
  const path = '/organization/admin_api_keys'
  const getPage = (after?: string) =>
    client.get({ dataSet: DATA_SET, path, query: pageQuery(PER_PAGE, after), schema: adminKeyListSchema })
  return readCursorList({ dataSet: DATA_SET, getPage, toEntry: adminKeyOf })
}

function pageQuery(limit: number, after: string | undefined): (readonly [string, string])[] {
  return [['limit', String(limit)], ...(after === undefined ? [] : [['after', after] as const])]
}

function unread(project: Project | null, { code }: ProviderError): UnreadKeys {
  return { kind: 'unread', project, code, readAt: null }
}

function projectKeyOf(reply: ProjectKeyReply, project: Project): ListedKey {
  const { user, service_account: account } = reply.owner ?? {}
  const owner = ownerOf('user', user) ?? ownerOf('service_account', account)
  const isActive = reply.owner_project_access?.toLowerCase() !== 'inactive'
  return { kind: 'project', project, owner, isActive, ...factsOf(reply) }
}

function adminKeyOf(reply: AdminKeyReply): ListedKey {
  const kind = reply.owner?.type === 'service_account' ? 'service_account' : 'user'
  return { kind: 'admin', project: null, owner: ownerOf(kind, reply.owner), isActive: true, ...factsOf(reply) }
}

type Facts = Pick<ListedKey, 'id' | 'name' | 'hint' | 'createdAt' | 'lastUsedOn' | 'isUseKnown' | 'expiresAt'>

function factsOf(reply: Omit<AdminKeyReply, 'owner'>): Facts {
  return {
    id: reply.id,
    name: reply.name,
    hint: reply.redacted_value,
    createdAt: isoOrNull(reply.created_at),
    lastUsedOn: isoOrNull(reply.last_used_at)?.slice(0, 10) ?? null,
    // The field is optional. Only null says that the key was never used.
    isUseKnown: reply.last_used_at !== undefined,
    expiresAt: isoOrNull(reply.expires_at),
  }
}

type OwnerReply = NonNullable<ProjectKeyReply['owner']>['user']

function ownerOf(kind: KeyOwner['kind'], reply: OwnerReply): KeyOwner | null {
  const id = textOf(reply?.id)
  return id === null ? null : { kind, id, name: reply?.name ?? null, email: reply?.email ?? null }
}
