import type { ModelInvite, ModelKey, ModelLogin } from './organization.ts'
import { fetchList, type Raw, recordOf, RefusedError, textOf } from './raw-pages.ts'

type Access = Parameters<typeof fetchList>[0]

/** All keys of the organization, those of archived projects left out. */
export async function readKeys(access: Access): Promise<ModelKey[]> {
  const keys = (await fetchList(access, 'admin_api_keys')).map((key) => keyOf(key, null))
  for (const project of await fetchList(access, 'projects')) {
    if (textOf(project['status']) === 'archived') continue
    const id = String(project['id'])
    const path = `projects/${encodeURIComponent(id)}/api_keys`
    const own = await fetchList(access, path, { owner_project_access: 'any' })
    keys.push(...own.map((key) => keyOf(key, { id, name: textOf(project['name']) ?? null })))
  }
  return keys
}

export async function readInvites(access: Access): Promise<ModelInvite[]> {
  const invites = await fetchList(access, 'invites')
  return invites.map((invite) => ({
    id: String(invite['id']),
    email: textOf(invite['email']) ?? null,
    role: textOf(invite['role']) ?? null,
    status: textOf(invite['status']) ?? '',
    createdAt: Number(invite['created_at'] ?? 0) || null,
    expiresAt: Number(invite['expires_at'] ?? 0) || null,
  }))
}

/** All sign-ins of the audit log, without slices. */
export async function readLogins(access: Access): Promise<ModelLogin[]> {
  const entries = await fetchList(access, 'audit_logs', { 'event_types[]': 'login.succeeded' })
  return entries.flatMap((entry) => {
    const user = recordOf(recordOf(recordOf(entry['actor'])?.['session'])?.['user'])
    const userId = textOf(user?.['id'])
    return userId === undefined ? [] : [{ userId, at: Number(entry['effective_at']) }]
  })
}

/** What is read, or undefined when it is refused. */
export async function orUndefined<Value>(reading: Promise<Value>): Promise<Value | undefined> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof RefusedError) return undefined
    throw error
  }
}

function keyOf(key: Raw, project: ModelKey['project']): ModelKey {
  return {
    id: String(key['id']),
    kind: project === null ? 'admin' : 'project',
    project,
    name: textOf(key['name']) ?? null,
    redacted: textOf(key['redacted_value']) ?? '',
    owner: ownerOf(recordOf(key['owner'])),
    createdAt: Number(key['created_at'] ?? 0) || null,
    lastUsedAt: Number(key['last_used_at'] ?? 0) || null,
    saysUse: 'last_used_at' in key,
    expiresAt: Number(key['expires_at'] ?? 0) || null,
    hasAccess: key['owner_project_access'] !== 'inactive',
  }
}

/** The owner of an Admin key stands there itself, that of a project's key in a field of its kind. */
function ownerOf(owner: Raw | undefined): ModelKey['owner'] {
  const kind = textOf(owner?.['type']) ?? 'user'
  const who = recordOf(owner?.[kind]) ?? owner
  const id = textOf(who?.['id'])
  return id === undefined
    ? null
    : { kind, id, name: textOf(who?.['name']) ?? null, email: textOf(who?.['email']) ?? null }
}
