import type { WirePeople, WirePerson } from '../../../shared/contracts/people-contract.ts'
import { AS_OF, ID } from './wire.ts'

export const OTHER_ID = '01K0000000000000000000ORG1'

type WireMembership = WirePerson['memberships'][number]

/** An active member of the first organization. No two figures are the same. */
export function wireMembership(overrides: Partial<WireMembership> = {}): WireMembership {
  return {
    integrationId: ID,
    integrationName: 'Acme Europe',
    provider: 'openai',
    userId: 'user-ada',
    role: 'reader',
    accountStatus: 'active',
    seat: { type: 'member', reason: 'company_domain' },
    license: 'in_use',
    lastActiveOn: '2026-11-20',
    requests: 71,
    cost: { amount: '12.5', currency: 'USD' },
    keys: 0,
    ...overrides,
  }
}

/** An active member of the second organization, who did not use it. */
export function wireOtherMembership(overrides: Partial<WireMembership> = {}): WireMembership {
  return wireMembership({
    integrationId: OTHER_ID,
    integrationName: 'Acme Labs',
    userId: 'u/2',
    role: 'admin',
    license: 'unused',
    lastActiveOn: null,
    requests: 0,
    cost: { amount: '0', currency: 'USD' },
    ...overrides,
  })
}

/** Somebody in one organization. */
export function wirePerson(overrides: Partial<WirePerson> = {}): WirePerson {
  return {
    id: 'person-ada',
    email: 'ada@acme.example',
    name: 'Ada Lovelace',
    department: null,
    manager: null,
    lastActiveOn: '2026-11-20',
    requests: 71,
    costs: [{ amount: '12.5', currency: 'USD' }],
    memberships: [wireMembership()],
    ...overrides,
  }
}

/** A page of people. */
export function wirePeople(items: readonly WirePerson[], overrides: Partial<WirePeople> = {}): WirePeople {
  return {
    items: [...items],
    nextCursor: null,
    total: items.length,
    rosterEntries: null,
    oldestSyncedAt: AS_OF.syncedAt,
    ...overrides,
  }
}
