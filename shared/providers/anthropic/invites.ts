import { INVITE_STATUSES, type Invite } from '../../data-sets/invites/invites.ts'
import { readCursorList } from '../http/cursor-list.ts'
import type { HttpClient } from '../http/http-client.ts'
import { LIST_PATIENCE } from '../http/part-reader.ts'
import type { ListReading } from '../provider.ts'
import { getOptionalPage, PER_PAGE } from './lists.ts'
import { inviteListSchema, type InviteReply } from './schemas.ts'

/** Reads all invitations, and keeps those that nobody accepted and nobody deleted. */
export async function readInvites(
  client: HttpClient,
  onPage?: (done: number, total: null) => void,
): Promise<ListReading<Invite>> {
  const patient = client.withPatience(LIST_PATIENCE)
  const read = await readCursorList({
    dataSet: 'invites',
    getPage: (after) => getInvites(patient, PER_PAGE, after),
    toEntry: inviteOf,
    onPage: (done) => onPage?.(done, null),
  })
  return { items: read.filter((invite) => invite !== null), rows: read.length, isComplete: true }
}

/** Requests one page: the first, or the one after an invitation. https://docs.claude.com/en/api/admin-api/invites/list-invites */
export function getInvites(client: HttpClient, limit: number, after?: string) {
  return getOptionalPage(client, { dataSet: 'invites', path: 'invites', schema: inviteListSchema }, { limit, after })
}

function inviteOf(reply: InviteReply): Invite | null {
  const status = INVITE_STATUSES.find((each) => each === reply.status?.toLowerCase())
  if (status === undefined || reply.accepted_at !== null) return null
  const { id, email, role, invited_at: invitedAt, expires_at: expiresAt } = reply
  return { id, email, role, invitedAt, expiresAt, status }
}
