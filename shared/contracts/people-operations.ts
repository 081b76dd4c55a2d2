import * as z from 'zod'
import { ok, operation, reading } from './operation.ts'
import { peopleQuery, peopleSchema, personSchema } from './people-contract.ts'

/** The calls that answer about people over all organizations. */
export const peopleOperations = {
  listPeople: operation({
    ...reading,
    operationId: 'listPeople',
    path: '/v1/people',
    summary: 'Lists the people of all organizations, each once with all memberships',
    csv: true,
    query: peopleQuery,
    answer: ok('A page of people', peopleSchema),
    problems: ['validation_failed', 'response_too_large'],
  }),
  getPerson: operation({
    ...reading,
    operationId: 'getPerson',
    path: '/v1/people/{personId}',
    summary: 'Shows one person',
    params: z.strictObject({ personId: z.string() }),
    answer: ok('The person', personSchema),
    problems: ['validation_failed', 'not_found'],
  }),
} as const
