import type * as z from 'zod'
import type { findingListQuery } from '../../../shared/contracts/findings-contract.ts'

/** The filters of a list of findings, in the API's format. */
export type FindingsView = Omit<z.input<typeof findingListQuery>, 'limit' | 'cursor'>
