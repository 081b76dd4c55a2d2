import type { ListDataSet } from '../data-set.ts'

/** The people and service accounts of the organization. */
export const directory = { kind: 'list', id: 'directory' } as const satisfies ListDataSet
