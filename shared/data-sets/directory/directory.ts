import type { ListDataSet } from '../data-set.ts'

/** Who is in the organization. */
export const directory = { kind: 'list', id: 'directory' } as const satisfies ListDataSet
