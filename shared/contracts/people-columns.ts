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
  organizations: ({ person }) => person.memberships.length,
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
