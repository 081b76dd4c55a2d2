import * as z from 'zod'
import { withoutKeys } from './without-keys.ts'

/** A text by people, such as a name or an address, that can be absent. What looks like a key in it does not pass. */
export const label = z
  .string()
  .nullish()
  .transform((written) => (written && withoutKeys(written).trim()) || null)
