import { inviteListQuery, inviteListSchema } from './invites-contract.ts'
import { keyListQuery, keyListSchema } from './keys-contract.ts'
import { exportable, ok, operation } from './operation.ts'

/** The calls that answer from lists beside the directory. */
export const listOperations = {
  listKeys: operation({
    ...exportable,
    operationId: 'listKeys',
    path: '/v1/integrations/{id}/keys',
    summary: 'Lists the keys of the organization with owner, last use and findings',
    query: keyListQuery,
    answer: ok('A page of keys', keyListSchema),
    problems: [...exportable.problems, 'data_set_not_read'],
  }),
  listInvites: operation({
    ...exportable,
    operationId: 'listInvites',
    path: '/v1/integrations/{id}/invites',
    summary: 'Lists the invitations that are pending or expired, the newest first',
    query: inviteListQuery,
    answer: ok('A page of invitations', inviteListSchema),
    problems: [...exportable.problems, 'data_set_not_read'],
  }),
} as const
