import type { WireAsOf } from './data-contract.ts'

/** The answers of lists beside the directory. */
export function listExamples(asOf: WireAsOf) {
  return {
    listKeys: {
      items: [
        {
          id: 'key_abc',
          kind: 'project',
          name: 'Nightly job',
          hint: 'wxyz',
          project: { id: 'proj_abc', name: 'Research' },
          owner: { kind: 'user', id: 'user-abc', email: 'ana@acme.example', name: 'Ana', status: 'removed' },
          createdAt: '2026-03-02T10:00:00.000Z',
          lastUsedOn: '2026-11-23',
          expiresAt: null,
          status: 'active',
          cost: null,
          findings: ['leaver_key'],
        },
      ],
      nextCursor: null,
      total: 1,
      asOf,
      notRead: [
        { project: { id: 'proj_def', name: 'Search' }, code: 'unexpected_reply', keysAsOf: '2026-11-23T18:00:09.876Z' },
      ],
    },
    listInvites: {
      items: [
        {
          id: 'invite-abc',
          email: 'bo@acme.example',
          role: 'reader',
          invitedAt: '2026-11-20T10:00:00.000Z',
          expiresAt: '2026-11-27T10:00:00.000Z',
          status: 'pending',
        },
      ],
      nextCursor: null,
      total: 1,
      asOf,
    },
  }
}
