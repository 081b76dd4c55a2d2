import { comparedOf, isSameOrganization, type Joined, probesOf } from '../integrations/same-organization.ts'
import type { RecordRepository } from '../storage/records.ts'

type Connected = { readonly id: string }

/**
 * The integrations whose stored members show that they have the listed organization. Each integration is first queried
 * for at most 11 of the listed people, and only on a match for the rest. 1,000 integrations need about 110 requests.
 */
export async function findSameOrganization<Integration extends Connected>(
  records: Pick<RecordRepository, 'findMembers'>,
  integrations: readonly Integration[],
  listed: readonly Joined[],
): Promise<Integration[]> {
  const compared = comparedOf(listed)
  if (compared.length === 0) return []
  const hasSome = await membersBy(records, integrations, probesOf(compared))
  const candidates = integrations.filter(({ id }) => hasMatch(hasSome.get(id) ?? [], compared))
  const members = await membersBy(records, candidates, compared)
  return candidates.filter(({ id }) => isSameOrganization(compared, members.get(id) ?? []))
}

async function membersBy(
  records: Pick<RecordRepository, 'findMembers'>,
  integrations: readonly Connected[],
  people: readonly Joined[],
): Promise<ReadonlyMap<string, readonly Joined[]>> {
  const wanted = integrations.flatMap(({ id }) => people.map(({ userId }) => ({ integrationId: id, userId })))
  return Map.groupBy(await records.findMembers(wanted), (member) => member.integrationId)
}

function hasMatch(members: readonly Joined[], compared: readonly Joined[]): boolean {
  return members.some((member) =>
    compared.some(({ userId, addedAt }) => userId === member.userId && addedAt === member.addedAt),
  )
}
