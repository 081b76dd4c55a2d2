import { INVITE_STATUSES, type Invite } from '../../data-sets/invites/invites.ts'
import { readCursorList } from '../http/cursor-list.ts'
import type { HttpClient } from '../http/http-client.ts'
import { LIST_PATIENCE } from '../http/part-reader.ts'
import type { ListReading } from '../provider.ts'
import { inviteListSchema, type InviteReply } from './schemas.ts'
import { isoOrNull } from './values.ts'

/** OpenAI's maximum page size. */
const INVITES_PER_PAGE = 100

/** Reads all invitations, and keeps those that nobody accepted. A status that is not known is no invitation. */
export async function readInvites(
  client: HttpClient,
  onPage?: (done: number, total: null) => void,
): Promise<ListReading<Invite>> {
  const patient = client.withPatience(LIST_PATIENCE)
  const read = await readCursorList({
    dataSet: 'invites',
    getPage: (after) => getInvites(patient, INVITES_PER_PAGE, after),
    toEntry: inviteOf,
    onPage: (done) => onPage?.(done, null),
  })
  return { items: read.filter((invite) => invite !== null), rows: read.length, isComplete: true }
}

/** Requests one page: the first, or the one after an invitation. https://platform.openai.com/docs/api-reference/invite/list */
export function getInvites(client: HttpClient, limit: number, after?: string) {
  const query: [string, string][] = [['limit', String(limit)]]
  if (after !== undefined) query.push(['after', after])
  return client.get({ dataSet: 'invites', path: '/organization/invites', query, schema: inviteListSchema })
}

function inviteOf(reply: InviteReply): Invite | null {
  const status = INVITE_STATUSES.find((each) => each === reply.status?.toLowerCase())
  if (status === undefined || reply.accepted_at) return null
  return {
    id: reply.id,
    email: reply.email,
    role: reply.role,
    invitedAt: isoOrNull(reply.created_at),
    expiresAt: isoOrNull(reply.expires_at),
    status,
  }
}
