import { csvText, noContent, ok, operation, reading } from './operation.ts'
import { replacedRosterSchema } from './roster-contract.ts'

const ofRoster = { ...reading, path: '/v1/roster', role: 'admin' } as const

/** The calls about the roster: the company's list of its employees. */
export const rosterOperations = {
  replaceRoster: operation({
    ...ofRoster,
    operationId: 'replaceRoster',
    method: 'PUT',
    summary: 'Replaces the roster with a CSV of all employees; one broken line refuses all of it',
    audit: 'edit',
    body: csvText,
    answer: ok('Replaced', replacedRosterSchema),
    problems: ['validation_failed', 'edit_in_progress', 'request_too_large'],
  }),
  getRoster: operation({
    ...ofRoster,
    operationId: 'getRoster',
    summary: 'The roster as CSV',
    csv: true,
    answer: ok('The roster', csvText),
    problems: ['validation_failed', 'not_found', 'response_too_large'],
  }),
  deleteRoster: operation({
    ...ofRoster,
    operationId: 'deleteRoster',
    method: 'DELETE',
    summary: 'Deletes the roster; repeating it is harmless',
    audit: 'delete',
    answer: { status: 204, description: 'Gone', schema: noContent },
  }),
} as const
