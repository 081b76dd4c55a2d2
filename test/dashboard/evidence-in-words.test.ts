import { expect, test } from '@jest/globals'
import { evidenceInWords } from '../../dashboard/src/pages/findings/evidence-in-words.ts'
import type { WireEvidence } from '../../shared/contracts/findings-contract.ts'
import { keyFacts, memberFacts } from './pages/wire-company.ts'

const NOW = new Date('2026-11-24T12:00:00.000Z')
const OWNER = { kind: 'user', id: 'user-ana', email: 'ana@acme.example', name: 'Ana', status: 'disabled' } as const
const UNUSED = { lastUsedOn: null, createdAt: null }

/** What each kind of evidence reads. */
const REMOVAL = { reviewId: 'review', reviewName: 'Access, Q3', decidedAt: '2026-10-31T09:00:00.000Z', days: 24 }

const CASES: readonly (readonly [evidence: WireEvidence, words: string])[] = [
  [
    { type: 'integration_problem', code: 'invalid_admin_key', detail: 'Revoked.', since: '2026-11-20T12:00:00.000Z' },
    'Nothing new could be read since Nov 20, 2026.',
  ],
  [{ type: 'key_expiring', expiresAt: '2026-11-30T12:00:00.000Z' }, 'It works until Nov 30, 2026.'],
  [{ type: 'key_expiring', expiresAt: '2026-11-20T12:00:00.000Z' }, 'It was to expire on Nov 20, 2026.'],
  [
    {
      type: 'leaver_key',
      key: keyFacts({ owner: OWNER, status: 'inactive' }),
      ownerRemovedAt: null,
      usedAfterRemoval: false,
    },
    'The account of Ana is disabled. The key was last used on Nov 23, 2026. It does not work at the moment.',
  ],
  [
    {
      type: 'leaver_key',
      key: keyFacts({ owner: { ...OWNER, name: null, email: null, status: 'not_listed' }, ...UNUSED }),
      ownerRemovedAt: null,
      usedAfterRemoval: false,
    },
    'user-ana is not in the directory. No use of the key is known.',
  ],
  [
    {
      type: 'external_owner',
      member: memberFacts({ email: 'eve@elsewhere.example', role: 'owner' }),
      companyDomains: ['acme.example', 'acme.test'],
    },
    'eve@elsewhere.example has the role owner. Your domains: acme.example and acme.test. Last use on Nov 20, 2026.',
  ],
  [
    { type: 'not_in_roster', member: memberFacts({ lastActiveOn: null }), endedOn: null, workingKeys: 0 },
    'ada@acme.example is not in the roster. No use is known.',
  ],
  [
    { type: 'not_in_roster', member: memberFacts(), endedOn: '2026-10-31', workingKeys: 2 },
    'In the roster, the last day of ada@acme.example was Oct 31, 2026. Last use on Nov 20, 2026. They have 2 working keys.',
  ],
  [
    { type: 'removal_not_done', ...REMOVAL, state: 'pending' },
    'The review “Access, Q3” decided on Oct 31, 2026 to remove this access. It was still there 24 days later.',
  ],
  [
    { type: 'removal_not_done', ...REMOVAL, state: 'returned' },
    'The review “Access, Q3” decided on Oct 31, 2026 to remove this access. That was done, but 24 days later it was there again.',
  ],
  [
    { type: 'ownerless_key', key: keyFacts({ owner: null }) },
    'Created on May 6, 2026. The key was last used on Nov 23, 2026.',
  ],
  [
    { type: 'stale_key', key: keyFacts({ lastUsedOn: null }), from: '2026-09-26' },
    'Created on May 6, 2026. No use of the key is known. Days from Sep 26, 2026 on were read.',
  ],
  [
    { type: 'eternal_key', key: keyFacts(), ageDays: 1812 },
    'It is 1,812 days old and has no expiry. The key was last used on Nov 23, 2026.',
  ],
  [
    { type: 'idle_member', member: memberFacts({ addedAt: null }), from: '2026-09-26', sources: ['usage'] },
    'No use since Sep 26, 2026, the first day that was read.',
  ],
  [
    {
      type: 'spend_spike',
      day: '2026-11-20',
      amount: '148.2',
      currency: 'USD',
      median: '31.75',
      baselineDays: 28,
      preliminary: true,
    },
    '$148.20 on Nov 20, 2026. A usual day cost $31.75 (the median of the 28 days before). This day is preliminary: it can still grow.',
  ],
]

test.each(CASES.map(([evidence, words]) => [evidence.type, words, evidence] as const))(
  '%s: %s',
  (_type, words, evidence) => {
    expect(evidenceInWords(evidence, NOW)).toBe(words)
  },
)
