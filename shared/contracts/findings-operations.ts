import {
  acceptanceRequest,
  findingListQuery,
  findingListSchema,
  findingParams,
  findingSchema,
} from './findings-contract.ts'
import { noContent, ok, operation, reading } from './operation.ts'

const accepting = {
  ...reading,
  role: 'reviewer',
  path: '/v1/findings/{findingId}/acceptance',
  params: findingParams,
  problems: ['validation_failed', 'not_found'],
} as const

/** The calls about what should be looked at. */
export const findingsOperations = {
  listFindings: operation({
    ...reading,
    operationId: 'listFindings',
    path: '/v1/findings',
    summary: 'Lists what should be looked at in all organizations, the most severe first',
    query: findingListQuery,
    answer: ok('A page of findings', findingListSchema),
  }),
  acceptFinding: operation({
    ...accepting,
    operationId: 'acceptFinding',
    method: 'PUT',
    summary: 'Accepts a finding with a reason, instead of an earlier acceptance if there is one',
    audit: 'accept_finding',
    body: acceptanceRequest,
    answer: ok('The accepted finding', findingSchema),
  }),
  reopenFinding: operation({
    ...accepting,
    operationId: 'reopenFinding',
    method: 'DELETE',
    summary: 'Ends the acceptance of a finding; repeating it is harmless',
    audit: 'reopen_finding',
    answer: { status: 204, description: 'Not accepted', schema: noContent },
  }),
} as const
