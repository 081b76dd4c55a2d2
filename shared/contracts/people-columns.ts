import type { CsvColumns } from './csv-columns.ts'
import type { WirePerson } from './people-contract.ts'

/** A membership with its person. */
interface MembershipRow {
  readonly person: WirePerson
  readonly membership: WirePerson['memberships'][number]
}

/** One row for each membership. Rows of one person have the same `personId`. */
export const personColumns: CsvColumns<MembershipRow> = {
  personId: ({ person }) => person.id,
  email: ({ person }) => person.email,
  name: ({ person }) => person.name,
  department: ({ person }) => person.department,
  manager: ({ person }) => person.manager,
  organizations: ({ person }) => countOrganizations(person),
  integrationId: ({ membership }) => membership.integrationId,
  integrationName: ({ membership }) => membership.integrationName,
  provider: ({ membership }) => membership.provider,
  userId: ({ membership }) => membership.userId,
  role: ({ membership }) => membership.role,
  accountStatus: ({ membership }) => membership.accountStatus,
  seatType: ({ membership }) => membership.seat?.type ?? null,
  seatReason: ({ membership }) => membership.seat?.reason ?? null,
  license: ({ membership }) => membership.license,
  lastActiveOn: ({ membership }) => membership.lastActiveOn,
  requests: ({ membership }) => membership.requests,
  cost: ({ membership }) => membership.cost && { number: membership.cost.amount },
  currency: ({ membership }) => membership.cost?.currency ?? null,
  keys: ({ membership }) => membership.keys,
}

/** Those of which they are a member now, as lists count them. */
function countOrganizations({ memberships }: WirePerson): number {
  const current = memberships.filter(({ accountStatus }) => accountStatus !== 'removed')
  return new Set(current.map(({ integrationId }) => integrationId)).size
}
