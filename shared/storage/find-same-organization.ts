import { comparedOf, isSameOrganization, type Joined, probesOf } from '../integrations/same-organization.ts'
import type { RecordRepository } from './records.ts'

type Connected = { readonly id: string }

/**
 * Those of some integrations whose stored members show that they are of the organization that was listed. Asks each for a
 * few of the listed people by their keys, at most 11, and only those that have one of them for the rest: 1,000 integrations
 * are told apart by some 110 requests.
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
