import type * as z from 'zod'
import { keyListQuery } from '../../../shared/contracts/keys-contract.ts'

/** The filters and order of a list of keys, in the API's format. */
export type KeysView = Omit<z.input<typeof keyListQuery>, 'format' | 'limit' | 'cursor'>

/** The type of a finding about keys. */
export type KeyFindingType = Exclude<NonNullable<KeysView['finding']>, 'any'>

/** All types of findings, in the API's order. */
export const KEY_FINDING_TYPES = keyListQuery.shape.finding.unwrap().options.filter((each) => each !== 'any')
