import { PROVIDERS } from '../providers/registry.ts'
import type { WirePeople, WirePerson } from './people-contract.ts'

const ana: WirePerson = {
  id: 'q3V8mZ1cT0x7KpLr2fWsYA',
  email: 'ana@acme.example',
  name: 'Ana',
  department: 'Research',
  manager: 'zoe@acme.example',
  lastActiveOn: '2026-11-24',
  requests: 1_254,
  costs: [{ amount: '12.5', currency: 'USD' }],
  memberships: [
    {
      integrationId: '01KAVJ2Q8ZC4T0M6W3X5Y7R9NB',
      integrationName: 'Acme Europe',
      provider: PROVIDERS[0].id,
      userId: 'user-abc',
      role: 'owner',
      accountStatus: 'active',
      seat: { type: 'member', reason: 'owner' },
      license: 'in_use',
      lastActiveOn: '2026-11-24',
      requests: 1_254,
      cost: { amount: '12.5', currency: 'USD' },
      keys: 2,
    },
  ],
}

const people: WirePeople = {
  items: [ana],
  nextCursor: null,
  total: 1,
  rosterEntries: 212,
  oldestSyncedAt: '2026-11-24T06:00:12.345Z',
}

/** The answers of calls about people over all organizations. */
export const peopleExamples = { listPeople: people, getPerson: ana }
