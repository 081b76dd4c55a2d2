import type { Integration } from '../integrations/integration.ts'
import {
  comparedOf,
  isReportedSame,
  isSameOrganization,
  type Joined,
  probesOf,
} from '../integrations/same-organization.ts'
import type { RecordRepository } from '../storage/records.ts'

type Connected = Pick<Integration, 'id' | 'organizationId'>

/** An organization, as a key shows it. */
interface ShownOrganization {
  /** The id that the provider reports. Null if it reports none. */
  readonly organizationId: string | null
  /** Its first people. Not called when the ids decide. */
  readonly listFirst: () => Promise<readonly Joined[]>
}

/**
 * The integrations that have the organization. If the provider reported the ids of both, these decide. Otherwise the stored
 * members do: each integration is first queried for at most 11 of the listed people, and only on a match for the rest. 1,000
 * integrations need about 110 requests.
 */
export async function findSameOrganization<Each extends Connected>(
  records: Pick<RecordRepository, 'findMembers'>,
  integrations: readonly Each[],
  { organizationId, listFirst }: ShownOrganization,
): Promise<Each[]> {
  const byId = Map.groupBy(integrations, (each) => isReportedSame(each.organizationId, organizationId))
  const undecided = byId.get(undefined) ?? []
  const byMembers = undecided.length === 0 ? [] : await findByMembers(records, undecided, await listFirst())
  return [...(byId.get(true) ?? []), ...byMembers]
}

async function findByMembers<Each extends Connected>(
  records: Pick<RecordRepository, 'findMembers'>,
  integrations: readonly Each[],
  listed: readonly Joined[],
): Promise<Each[]> {
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
