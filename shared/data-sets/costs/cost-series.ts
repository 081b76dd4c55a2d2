import type { DaySeries } from '../data-set.ts'

/* Tables that answers about costs are made from. Each has the amounts of one report in one currency. */

const shared = {
  kind: 'day_series',
  measures: [{ name: 'amount', kind: 'money', label: 'Cost', example: '12.5' }],
  mainMeasure: 'amount',
  activity: null,
  rowNoun: 'cost',
} as const

export const costsOfPeople = { ...shared, id: 'costs_of_people', dimensions: [] } as const satisfies DaySeries

export const costsOfProjects = {
  ...shared,
  id: 'costs_of_projects',
  dimensions: [
    { name: 'projectId', plural: 'projects', example: 'proj_abc' },
    { name: 'lineItem', plural: 'lineItems', example: 'gpt-5, input' },
  ],
} as const satisfies DaySeries

export const costsOfKeys = {
  ...shared,
  id: 'costs_of_keys',
  dimensions: [{ name: 'keyId', plural: 'keys', example: 'key_abc' }],
} as const satisfies DaySeries
